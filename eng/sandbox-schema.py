#!/usr/bin/env python3
"""Derives src/InfraGate.Sandbox/Schema/kubernetes.schema from a Kubernetes OpenAPI v2 document.

Usage: sandbox-schema.py swagger.json >src/InfraGate.Sandbox/Schema/kubernetes.schema
The document is served by every API server at /openapi/v2, and shipped in the Kubernetes sources as
api/openapi-spec/swagger.json. Only the shape of the kinds that the sandbox serves is kept: field names,
types, and how lists and maps merge.
"""
import json
import sys

ROOTS = [
    "io.k8s.api.apps.v1.Deployment", "io.k8s.api.apps.v1.ReplicaSet", "io.k8s.api.core.v1.Pod",
    "io.k8s.api.core.v1.Service", "io.k8s.api.core.v1.ConfigMap", "io.k8s.api.core.v1.Namespace",
    "io.k8s.api.core.v1.Node", "io.k8s.api.core.v1.ServiceAccount", "io.k8s.api.core.v1.Secret",
    "io.k8s.api.core.v1.Event", "io.k8s.api.events.v1.Event", "io.k8s.api.core.v1.Endpoints",
    "io.k8s.api.discovery.v1beta1.EndpointSlice", "io.k8s.api.core.v1.ResourceQuota",
    "io.k8s.api.core.v1.LimitRange", "io.k8s.api.autoscaling.v1.HorizontalPodAutoscaler",
    "io.k8s.api.autoscaling.v2beta2.HorizontalPodAutoscaler", "io.k8s.api.autoscaling.v1.Scale",
    "io.k8s.api.rbac.v1.Role", "io.k8s.api.rbac.v1.RoleBinding", "io.k8s.api.policy.v1beta1.PodDisruptionBudget",
]
# Fields of later versions that clients of today send.
LATER = {
    "meta.v1.ManagedFieldsEntry": ["subresource string"],
    "core.v1.ServiceSpec": ["internalTrafficPolicy string", "loadBalancerClass string", "trafficDistribution string"],
    "core.v1.PodSpec": ["hostUsers boolean", "os untyped"],
    "core.v1.Container": ["resizePolicy [untyped]", "restartPolicy string"],
    "core.v1.Probe": ["grpc untyped", "terminationGracePeriodSeconds integer"],
    "core.v1.TopologySpreadConstraint": ["minDomains integer", "matchLabelKeys [string]", "nodeAffinityPolicy string", "nodeTaintsPolicy string"],
}
SCALARS = {
    "io.k8s.apimachinery.pkg.api.resource.Quantity": "quantity",
    "io.k8s.apimachinery.pkg.apis.meta.v1.Time": "string",
    "io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime": "string",
    "io.k8s.apimachinery.pkg.util.intstr.IntOrString": "int-or-string",
    "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1": "untyped",
}


def short(name):
    """apps.v1.Deployment, core.v1.Pod, meta.v1.ObjectMeta"""
    return ".".join(name.split(".")[-3:])


def main():
    definitions = json.load(open(sys.argv[1], encoding="utf-8"))["definitions"]
    queue, seen = list(ROOTS), set(ROOTS)

    def reference(pointer):
        name = pointer.removeprefix("#/definitions/")
        if name in SCALARS:
            return SCALARS[name]
        if "properties" not in definitions[name]:
            return "untyped"
        if name not in seen:
            seen.add(name)
            queue.append(name)
        return short(name)

    def shape(node):
        if "$ref" in node:
            return reference(node["$ref"])
        kind = node.get("type", "untyped")
        if kind == "array":
            return "[" + shape(node["items"]) + "]"
        if kind == "object":
            return "{" + shape(node.get("additionalProperties", {})) + "}"
        return kind

    blocks = {}
    while queue:
        name = queue.pop()
        definition = definitions[name]
        atomic = " atomic" if definition.get("x-kubernetes-map-type") == "atomic" else ""
        lines = [short(name) + atomic]
        required = set(definition.get("required", []))
        for field, node in sorted(definition["properties"].items()):
            words = ["  " + field, shape(node)]
            if node.get("type") == "array":
                strategy = node.get("x-kubernetes-patch-strategy", "")
                merge_key = node.get("x-kubernetes-patch-merge-key")
                keys = node.get("x-kubernetes-list-map-keys")
                listed = node.get("x-kubernetes-list-type")
                if listed == "map":
                    words.append("map=" + ",".join(keys))
                elif listed == "set" or (listed is None and "merge" in strategy and merge_key is None):
                    words.append("set")
                elif listed is None and "merge" in strategy:
                    words.append("map=" + merge_key)
                if "merge" in strategy and merge_key and words[-1] != "map=" + merge_key:
                    words.append("patch=" + merge_key)
            elif node.get("x-kubernetes-map-type") == "atomic":
                words.append("atomic")
            if "retainKeys" in node.get("x-kubernetes-patch-strategy", ""):
                words.append("retain-keys")
            if field in required:
                words.append("required")
            lines.append(" ".join(words))
        blocks[short(name)] = lines

    for name, fields in LATER.items():
        blocks[name] += ["  " + field for field in fields]

    # Kubernetes 1.20 does not serve discovery.k8s.io/v1 yet; its endpoints say a zone instead of a topology.
    for name in ("EndpointSlice", "Endpoint", "EndpointConditions", "EndpointPort"):
        lines = [line.replace("v1beta1", "v1") for line in blocks["discovery.v1beta1." + name]]
        if name == "Endpoint":
            lines = [line for line in lines if not line.startswith("  topology")] + ["  deprecatedTopology {string}", "  zone string"]
        if name == "EndpointConditions":
            lines = lines[:1] + ["  " + condition + " boolean" for condition in ("ready", "serving", "terminating")]
        blocks["discovery.v1." + name] = lines

    print("# Derived by eng/sandbox-schema.py from the OpenAPI document of Kubernetes v1.20.2 (Apache License 2.0).")
    print("# Name [atomic], then two spaces, field, type, and how it merges: map=keys, set, patch=key, atomic, retain-keys; required.")
    print("# [t] is a list and {t} a map of t; a list without map= or set is replaced whole.")
    for name in sorted(blocks):
        print()
        print("\n".join(blocks[name]))


main()
