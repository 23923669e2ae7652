#!/usr/bin/env bash
# Builds InfraGate and starts it with a sign-in and a cluster to play with. ./quickstart.sh --help lists the options.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

command -v dotnet >/dev/null || { echo "The .NET 10 SDK is missing: https://dot.net/download" >&2; exit 1; }
if ! ldconfig -p 2>/dev/null | grep -q 'libsqlite3\.so\.0' && command -v apt-get >/dev/null; then
  echo "Installing SQLite, which keeps the plans …"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq libsqlite3-0; } >/dev/null ||
    { echo "libsqlite3-0 could not be installed; run: sudo apt-get install libsqlite3-0" >&2; exit 1; }
fi

echo "Building …"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! dotnet build src/InfraGate.Quickstart/InfraGate.Quickstart.csproj -c Release -v quiet --nologo >"$log" 2>&1; then
  cat "$log" >&2
  exit 1
fi
rm -f "$log"
exec src/InfraGate.Quickstart/bin/Release/net10.0/InfraGate.Quickstart "$@"
