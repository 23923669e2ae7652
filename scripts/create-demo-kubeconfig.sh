#!/usr/bin/env bash
# Puts InfraGate's demo into the cluster of kubectl's current context (.kube/: namespace, rights, workload) and writes a kubeconfig
# with a short-lived token of its service account, readable by you alone.
#
# Usage: scripts/create-demo-kubeconfig.sh [FILE]        default FILE: .kube/mcp-nginx-demo.config
#   INFRA_GATE_DEMO_TOKEN_SECONDS   how long the token shall live, at least 600 (default 3600); run the script again for a new one
set -euo pipefail
umask 077

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
file=${1:-$root/.kube/mcp-nginx-demo.config}
seconds=${INFRA_GATE_DEMO_TOKEN_SECONDS:-3600}
namespace=mcp-nginx-demo
account=infragate

fail() { echo "create-demo-kubeconfig: $1" >&2; exit 1; }
command -v kubectl >/dev/null || fail "kubectl is not installed (https://kubernetes.io/docs/tasks/tools/)."
[[ $seconds =~ ^[0-9]+$ ]] && ((seconds >= 600)) || fail "INFRA_GATE_DEMO_TOKEN_SECONDS is \"$seconds\"; say at least 600 seconds."

cluster() { kubectl config view --minify --raw --flatten -o "jsonpath={.clusters[0].cluster.$1}"; }
server=$(cluster server) || fail "kubectl has no current context; choose one with kubectl config use-context."
[[ -n $server ]] || fail "the current context names no server."
ca=$(cluster certificate-authority-data)
insecure=$(cluster insecure-skip-tls-verify)
server_name=$(cluster tls-server-name)

echo "Applying .kube/ to $server"
for manifest in namespace rbac nginx-demo; do
  kubectl apply -f "$root/.kube/$manifest.yaml"
done

if kubectl create token --help >/dev/null 2>&1; then
  token=$(kubectl create token "$account" -n "$namespace" --duration "${seconds}s")
else
  # kubectl before 1.24 does not know the command, the server does know the subresource.
  request="{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenRequest\",\"spec\":{\"expirationSeconds\":$seconds}}"
  answer=$(kubectl create --raw "/api/v1/namespaces/$namespace/serviceaccounts/$account/token" -f - <<<"$request")
  token=$(sed -n 's/.*"token": *"\([^"]*\)".*/\1/p' <<<"$answer" | head -n 1)
fi
[[ -n $token ]] || fail "the cluster issued no token for $namespace/$account."

# Written beside the target and moved over it: nobody reads half a file, and no command line ever shows the token.
mkdir -p "$(dirname "$file")"
draft=$(mktemp "$file.XXXXXX")
trap 'rm -f "$draft"' EXIT
{
  printf 'apiVersion: v1\nkind: Config\nclusters:\n- name: %s\n  cluster:\n    server: %s\n' "$namespace" "$server"
  [[ -z $ca ]] || printf '    certificate-authority-data: %s\n' "$ca"
  [[ $insecure != true ]] || printf '    insecure-skip-tls-verify: true\n'
  [[ -z $server_name ]] || printf '    tls-server-name: %s\n' "$server_name"
  printf 'users:\n- name: %s\n  user:\n    token: %s\n' "$account" "$token"
  printf 'contexts:\n- name: %s\n  context:\n    cluster: %s\n    user: %s\n    namespace: %s\n' "$namespace" "$namespace" "$account" "$namespace"
  printf 'current-context: %s\n' "$namespace"
} >"$draft"
chmod 600 "$draft"
mv -f "$draft" "$file"
echo "Wrote $file (a token for $namespace/$account, valid for $seconds seconds)"
