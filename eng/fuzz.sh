#!/usr/bin/env bash
# Feeds the manifest parser mutated manifests and every tool mutated arguments for longer than the test run does. fuzz.sh [ROUNDS [SEED]]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export INFRAGATE_FUZZ_ROUNDS="${1:-200000}" INFRAGATE_FUZZ_SEED="${2:-$RANDOM}"
echo "rounds $INFRAGATE_FUZZ_ROUNDS, seed $INFRAGATE_FUZZ_SEED"
dotnet test tests/InfraGate.McpServer.Tests --nologo --filter "FullyQualifiedName~ManifestFuzzTests|FullyQualifiedName~ToolArgumentFuzzTests"
