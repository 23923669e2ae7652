#!/usr/bin/env bash
# Prepares this machine, builds everything with warnings as errors, and runs every test. Quick where nothing is left to prepare.
#
# Usage: ./test.sh [WORD...]
#   A word that is part of a test project's name picks that project (./test.sh Plans); any other word picks the tests whose full
#   name holds it (./test.sh EndToEnd Denied).
#
# Needs the .NET 10 SDK and Node.js with npm. On Debian 12 it installs the packages that are missing (as root, or with sudo) and
# builds a Kubernetes control plane once into the user's cache. Results, logs and screenshots are kept in TestResults/.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

readonly configuration=Debug
readonly results=$PWD/TestResults
# A test project that says nothing for this long hangs and is ended.
readonly hang_limit=15min
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1

say() { echo "== $*"; }

require_tools() {
  local missing=()
  command -v dotnet >/dev/null || missing+=('the .NET 10 SDK (https://dot.net)')
  command -v npm >/dev/null || missing+=('Node.js 20 or newer with npm (https://nodejs.org)')
  [[ ${#missing[@]} -eq 0 ]] && return
  printf 'Missing: %s\n' "${missing[@]}" >&2
  exit 1
}

# Each line: a file that shows that it is there, then the packages that bring it.
needed_packages() {
  local file packages
  while read -r file packages; do
    compgen -G "$file" >/dev/null || echo "$packages"
  done <<'LIST'
/usr/bin/chromium chromium fonts-dejavu-core
/usr/lib/postgresql/15/bin/postgres postgresql-15
/usr/lib/*/libsqlite3.so.0 libsqlite3-0
/usr/lib/*/libicuuc.so.* libicu72
/usr/bin/dpkg-source dpkg-dev
/usr/bin/setpriv util-linux
LIST
}

install_packages() {
  local packages
  packages=$(needed_packages | xargs)
  if [[ -z $packages ]]; then say "packages: all there"; return; fi
  say "packages: installing $packages"
  local as_root=()
  [[ $(id -u) -eq 0 ]] || as_root=(sudo)
  "${as_root[@]}" apt-get update -qq
  # shellcheck disable=SC2086 # a list of words
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null
}

prepare() {
  require_tools
  install_packages
  say "control plane: $(eng/kube-control-plane.sh)"
  say "npm packages: $(eng/npm-tools.sh)"
  say "build ($configuration, warnings as errors)"
  dotnet build InfraGate.sln -c "$configuration" -warnaserror -v quiet --nologo -clp:NoSummary
}

passed=0 failed=0 skipped=0
troubles=()

# Adds the counters of one project's results; a project without results, or without tests, counts as a failure of its own.
count() {
  local name=$1 trx=$2 status=$3 filtered=$4 counters
  counters=$(grep -o '<Counters [^>]*>' "$trx" 2>/dev/null || true)
  value() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$counters"; }
  local total=0 good=0 bad=0
  if [[ -n $counters ]]; then
    total=$(value total) good=$(value passed)
    bad=$(($(value failed) + $(value error) + $(value timeout) + $(value aborted)))
  fi
  skipped=$((skipped + total - good - bad))
  if [[ -z $counters && ( $status -ne 0 || -z $filtered ) ]] || [[ $status -ne 0 && $bad -eq 0 ]]; then
    troubles+=("$name ended with $status and without a failed test: it crashed or hung"); bad=$((bad + 1))
  elif [[ $total -eq 0 && -z $filtered ]]; then
    troubles+=("$name ran no tests"); bad=$((bad + 1))
  fi
  passed=$((passed + good)) failed=$((failed + bad))
  say "$name: $good passed, $bad failed ($SECONDS s)"
}

run_project() {
  local name=$1 filter=$2 status=0
  local arguments=(test "tests/$name/bin/$configuration/net10.0/$name.dll" --nologo --results-directory "$results"
    --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=minimal"
    --blame-hang-timeout "$hang_limit" --blame-hang-dump-type none)
  [[ -z $filter ]] || arguments+=(--filter "$filter")
  rm -f "$results/$name.trx"
  SECONDS=0
  dotnet "${arguments[@]}" </dev/null || status=$?
  count "$name" "$results/$name.trx" "$status" "$filter"
}

all_projects() { (cd tests && ls -d ./*.Tests) | sed 's#^\./##' | grep -v EndToEnd; (cd tests && ls -d ./*EndToEnd.Tests) | sed 's#^\./##'; }

main() {
  local projects=() filter='' word chosen
  for word in "$@"; do
    chosen=$(all_projects | grep -F -- "$word" || true)
    if [[ -n $chosen ]]; then mapfile -t -O "${#projects[@]}" projects <<<"$chosen"; else filter+="${filter:+|}FullyQualifiedName~$word"; fi
  done
  [[ ${#projects[@]} -gt 0 ]] || mapfile -t projects < <(all_projects)

  prepare
  mkdir -p "$results"
  rm -rf "$results"/logs "$results"/screenshots
  local project
  for project in "${projects[@]}"; do
    say "$project"
    run_project "$project" "$filter"
  done

  [[ $skipped -eq 0 ]] || echo "$skipped skipped"
  [[ ${#troubles[@]} -eq 0 ]] || printf '%s\n' "${troubles[@]}"
  echo "$passed passed, $failed failed"
  [[ $failed -eq 0 && $passed -gt 0 ]]
}

main "$@"
