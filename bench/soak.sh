#!/usr/bin/env bash
# Lets clients read, plan, approve and apply at a steady rate while the server is killed, the API server is stopped and started, the disk
# of the approval root fills up, the clock of a program on the same store jumps, and clients disconnect in the middle of calls. At the end
# it prints whether every promise was kept and leaves the figures in artifacts/bench/. Ends with 1 when one was not.
#
# Usage: bench/soak.sh [--minutes N]     default: 10
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. bench/prepare.sh

readonly small_disk=$PWD/artifacts/bench/small-disk
readonly small_disk_size=48m

minutes=10
case "$#/${1:-}" in
  0/) ;;
  2/--minutes) minutes=$2 ;;
  *) sed -n '2,6s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 64 ;;
esac

prepare
mkdir -p "$small_disk"
# A mount namespace of its own: the small disk is gone with the last process in it, however that ends. Without root, a user namespace allows the mount.
as_root=()
[[ $(id -u) -eq 0 ]] || as_root=(--map-root-user)
# shellcheck disable=SC2016 # expanded by the inner shell
exec unshare --mount "${as_root[@]}" bash -c '
  set -euo pipefail
  mount -t tmpfs -o "size=$1" tmpfs "$2"
  exec dotnet bench/InfraGate.Bench/bin/Release/net10.0/InfraGate.Bench.dll soak --small-disk "$2" --published "$3" --minutes "$4" --output artifacts/bench
' soak "$small_disk_size" "$small_disk" "$published" "$minutes"
