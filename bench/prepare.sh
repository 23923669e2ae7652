# Sourced by run.sh and soak.sh from the repository's root: installs and builds what a run needs, quick where nothing is left to do.
# shellcheck shell=bash
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1

# shellcheck disable=SC2034 # read by those who source this
readonly published=$PWD/artifacts/bench/published

say() { echo "== $*"; }

require_dotnet() {
  command -v dotnet >/dev/null || { echo 'Missing: the .NET 10 SDK (https://dot.net)' >&2; exit 1; }
}

# Each line: a file that shows that it is there, then the package that brings it.
install_packages() {
  local file package missing=() as_root=()
  while read -r file package; do
    compgen -G "$file" >/dev/null || missing+=("$package")
  done <<'LIST'
/usr/lib/*/libsqlite3.so.0 libsqlite3-0
/usr/bin/dpkg-source dpkg-dev
/usr/bin/setsid util-linux
/usr/bin/chromium chromium
/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf fonts-dejavu-core
LIST
  [[ ${#missing[@]} -gt 0 ]] || return 0
  say "packages: installing ${missing[*]}"
  [[ $(id -u) -eq 0 ]] || as_root=(sudo)
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# Compiled ahead of time (ReadyToRun) for this machine's kind of processor: a gateway that starts must not wait for the compiler.
publish() {
  local project
  for project in InfraGate.McpGateway InfraGate.McpServer; do
    dotnet publish "src/$project" -c Release -p:RunAnalyzers=false -p:PublishReadyToRun=true --use-current-runtime --self-contained false \
      -o "$published/$project" -v quiet --nologo
  done
}

prepare() {
  require_dotnet
  command -v npm >/dev/null || { echo 'Missing: Node.js 20 or newer with npm (https://nodejs.org)' >&2; exit 1; }
  install_packages
  say "control plane: $(eng/kube-control-plane.sh)"
  say "npm packages: $(eng/npm-tools.sh)"
  say "build and publish (Release)"
  dotnet build bench/InfraGate.Bench -c Release -p:RunAnalyzers=false -v quiet --nologo -clp:NoSummary
  publish
}
