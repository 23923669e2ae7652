#!/usr/bin/env bash
# Prepares a real Kubernetes control plane for the tests and prints the folder that holds it.
#   etcd                      Debian 12's package etcd-server
#   kube-apiserver,           compiled from Debian 12's source package kubernetes (v1.20.2, dependencies vendored)
#   kube-controller-manager   with Debian's golang-1.19
# Packages are unpacked into a scratch folder, not installed: no service is started and no root is needed
# (dpkg-dev and a C-free tool chain are enough). About three minutes on two idle cores, once.
#
# Usage: eng/kube-control-plane.sh [FOLDER]
#   KUBEBUILDER_ASSETS   a folder that already holds all three programs is used as it is
#   FOLDER               default: ${XDG_CACHE_HOME:-~/.cache}/infragate/kube-1.20.2
set -euo pipefail

readonly kubernetes_version=1.20.5+really1.20.2-1.1+deb12u1
readonly programs=(etcd kube-apiserver kube-controller-manager)

complete() {
  local program
  for program in "${programs[@]}"; do [[ -x $1/$program ]] || return 1; done
}

say() { echo "kube-control-plane: $*" >&2; }

if [[ -n ${KUBEBUILDER_ASSETS:-} ]]; then
  if complete "$KUBEBUILDER_ASSETS"; then echo "$KUBEBUILDER_ASSETS"; exit 0; fi
  # envtest's own archives carry no controller manager, and one of another version would not fit that API server.
  say "KUBEBUILDER_ASSETS=$KUBEBUILDER_ASSETS lacks one of: ${programs[*]}; using Debian's instead"
fi

out=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/infragate/kube-1.20.2}
if complete "$out"; then echo "$out"; exit 0; fi

mkdir -p "$(dirname "$out")"
exec 9>"$out.lock"
flock 9
if complete "$out"; then echo "$out"; exit 0; fi

scratch=$(mktemp -d)
# The finished folder appears by one rename, so that an interrupted build never looks complete.
staging=$(mktemp -d "$out.XXXXXX")
trap 'chmod -R u+w "$scratch" 2>/dev/null; rm -rf "$scratch" "$staging"' EXIT

# Private package lists at the mirror the system itself uses: the system's own lists and sources stay as they are.
# Signatures and checksums are verified against Debian's archive keyring as for any installation.
use_private_lists() {
  local mirror
  mirror=$(apt-get indextargets --format '$(CODENAME) $(REPO_URI)' 'Created-By: Packages' | awk '$1 == "bookworm" { print $2; exit }')
  [[ -n $mirror ]] || mirror=http://deb.debian.org/debian/
  mkdir -p "$scratch/lists/partial" "$scratch/cache/archives/partial"
  local kind
  for kind in deb deb-src; do
    echo "$kind [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror bookworm main"
  done >"$scratch/sources.list"
  apt=(apt-get -qq
    -o Dir::Etc::sourcelist="$scratch/sources.list" -o Dir::Etc::sourceparts=-
    -o Dir::State::lists="$scratch/lists" -o Dir::Cache="$scratch/cache" -o APT::Sandbox::User="$(id -un)")
  "${apt[@]}" update
}

unpack_packages() {
  cd "$scratch"
  "${apt[@]}" download etcd-server golang-1.19-go golang-1.19-src
  local package
  for package in ./*.deb; do dpkg-deb -x "$package" "$scratch/root"; done
  "${apt[@]}" source --download-only "kubernetes=$kubernetes_version"
  mkdir -p "$scratch/go/src/k8s.io"
  # apt has verified the files' checksums; the maintainer's own signature key is not on every machine.
  dpkg-source --no-check -x kubernetes_*.dsc "$scratch/go/src/k8s.io/kubernetes" >/dev/null
}

# The OpenAPI definitions are generated upstream at build time; Debian's source does not carry them.
generate_openapi() {
  local inputs
  inputs=$(grep -rl --include='*.go' '+k8s:openapi-gen=' staging/src/k8s.io pkg | grep -v _test.go | xargs -n1 dirname | sort -u |
    grep -vE 'sample|code-generator|testdata|example' |
    sed 's#^staging/src/#k8s.io/kubernetes/vendor/#; s#^pkg#k8s.io/kubernetes/pkg#' | paste -sd,)
  go build -o "$scratch/openapi-gen" ./vendor/k8s.io/kube-openapi/cmd/openapi-gen
  "$scratch/openapi-gen" -O zz_generated.openapi --go-header-file hack/boilerplate/boilerplate.generatego.txt \
    -i "$inputs" -p k8s.io/kubernetes/pkg/generated/openapi -r "$scratch/violations" --output-base "$scratch/go/src"
}

compile() {
  cd "$scratch/go/src/k8s.io/kubernetes"
  export GOROOT=$scratch/root/usr/lib/go-1.19 GOPATH=$scratch/go GOCACHE=$scratch/gocache
  export PATH=$GOROOT/bin:$PATH GO111MODULE=off CGO_ENABLED=0 GOFLAGS=
  generate_openapi
  local flags="-s -w" package
  for package in component-base/version client-go/pkg/version; do
    package=k8s.io/kubernetes/vendor/k8s.io/$package
    flags+=" -X $package.gitVersion=v1.20.2 -X $package.gitMajor=1 -X $package.gitMinor=20"
  done
  go build -ldflags "$flags" -o "$staging/" ./cmd/kube-apiserver ./cmd/kube-controller-manager
}

{
  say "building Kubernetes 1.20.2 from Debian's source package into $out (about three minutes, once)"
  use_private_lists
  say "fetching and unpacking the packages"
  unpack_packages
  say "compiling"
  compile
  cp "$scratch/root/usr/bin/etcd" "$staging/etcd"
  complete "$staging"
  chmod 755 "$staging"
  rm -rf "$out"
  mv "$staging" "$out"
  say "done"
} >&2
echo "$out"
