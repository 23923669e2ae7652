#!/usr/bin/env bash
# Measures InfraGate beside what users would pick instead: the peer kubernetes-mcp-server 0.0.67 from npm, and plain GETs to the API server.
# Installs and builds what it needs, starts a real control plane with filled namespaces, publishes InfraGate (Release) and starts it as a
# user would, and writes a table and JSON to artifacts/bench/.
#
# Usage: bench/run.sh [--quick | --short | --micro] [--only QUESTIONS]
#   --quick   a smoke run of a few minutes that shows that everything works; its figures mean little
#   --short   every question with less time for each, and no store of 100,000 plans: some ten minutes instead of about half an hour
#   --only    nothing but these questions, without the peer and without a report: some of tools-list, one-object, status, large-status,
#             plan, apply, sessions, pods, plans, audit, starts, first-paint, guardrail, separated by commas
#   --micro   the micro-benchmarks (BenchmarkDotNet) instead: canonical JSON and digest, diff, guardrail scan, manifest parser
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. bench/prepare.sh

arguments=() micro=''
while [[ $# -gt 0 ]]; do
  case $1 in
    --quick | --short) arguments+=("$1") ;;
    --only) arguments+=("$1" "${2:?which questions}"); shift ;;
    --micro) micro=yes ;;
    *) sed -n '2,12s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 64 ;;
  esac
  shift
done

if [[ -n $micro ]]; then
  require_dotnet
  exec dotnet run --project bench/InfraGate.MicroBench -c Release -- --filter '*' --artifacts artifacts/bench/micro
fi
prepare
exec dotnet bench/InfraGate.Bench/bin/Release/net10.0/InfraGate.Bench.dll measure --published "$published" --output artifacts/bench "${arguments[@]}"
