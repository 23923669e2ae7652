using System.Text.Json.Nodes;

namespace InfraGate.Sandbox.Demo;

/// <summary>The objects that a fresh sandbox holds.</summary>
internal static class DemoObjects
{
    public const string DemoNamespace = "mcp-nginx-demo";
    public const string DemoName = "nginx-demo";
    public const string GoodImage = "nginx:1.27-alpine";

    public static JsonObject Namespace(string name) => Parse($$$"""
        {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "{{{name}}}"}}
        """);

    public static JsonObject Node() => Parse($$$"""
        {
          "apiVersion": "v1", "kind": "Node",
          "metadata": {"name": "{{{Kubelet.SimulatedNode.Name}}}", "labels": {"kubernetes.io/hostname": "{{{Kubelet.SimulatedNode.Name}}}", "kubernetes.io/os": "linux"}},
          "spec": {"podCIDR": "10.244.0.0/16"}
        }
        """);

    public static JsonObject ConfigMap() => Parse($$$"""
        {
          "apiVersion": "v1", "kind": "ConfigMap",
          "metadata": {"name": "{{{DemoName}}}", "namespace": "{{{DemoNamespace}}}", "labels": {"app": "{{{DemoName}}}"}},
          "data": {
            "index.html": "<!doctype html><title>nginx-demo</title><h1>InfraGate demo</h1>\n",
            "default.conf": "server {\n  listen 8080;\n  root /usr/share/nginx/html;\n}\n"
          }
        }
        """);

    public static JsonObject Deployment() => Parse($$$"""
        {
          "apiVersion": "apps/v1", "kind": "Deployment",
          "metadata": {"name": "{{{DemoName}}}", "namespace": "{{{DemoNamespace}}}", "labels": {"app": "{{{DemoName}}}"}},
          "spec": {
            "replicas": 3,
            "strategy": {"rollingUpdate": {"maxSurge": 1, "maxUnavailable": 1}},
            "selector": {"matchLabels": {"app": "{{{DemoName}}}"}},
            "template": {
              "metadata": {"labels": {"app": "{{{DemoName}}}"}},
              "spec": {
                "containers": [{
                  "name": "nginx",
                  "image": "{{{GoodImage}}}",
                  "ports": [{"name": "http", "containerPort": 8080}],
                  "readinessProbe": {"httpGet": {"path": "/", "port": "http"}, "periodSeconds": 5},
                  "resources": {"requests": {"cpu": "50m", "memory": "32Mi"}, "limits": {"memory": "64Mi"}},
                  "volumeMounts": [{"name": "site", "mountPath": "/etc/nginx/conf.d"}]
                }],
                "volumes": [{"name": "site", "configMap": {"name": "{{{DemoName}}}"}}]
              }
            }
          }
        }
        """);

    public static JsonObject Service(string name, string app, int port) => Parse($$$"""
        {
          "apiVersion": "v1", "kind": "Service",
          "metadata": {"name": "{{{name}}}", "labels": {"app": "{{{app}}}"}},
          "spec": {"selector": {"app": "{{{app}}}"}, "ports": [{"name": "http", "port": {{{port}}}, "targetPort": "http"}]}
        }
        """);

    /// <summary>The Service of the API server itself, which has no selector.</summary>
    public static JsonObject ApiService() => Parse("""
        {
          "apiVersion": "v1", "kind": "Service", "metadata": {"name": "kubernetes", "labels": {"component": "apiserver", "provider": "kubernetes"}},
          "spec": {"clusterIP": "10.96.0.1", "ports": [{"name": "https", "port": 443, "targetPort": 6443}]}
        }
        """);

    public static JsonObject Other(string name, string image, int replicas, int port) => Parse($$$"""
        {
          "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "{{{name}}}", "labels": {"app": "{{{name}}}"}},
          "spec": {
            "replicas": {{{replicas}}},
            "selector": {"matchLabels": {"app": "{{{name}}}"}},
            "template": {
              "metadata": {"labels": {"app": "{{{name}}}"}},
              "spec": {"containers": [{"name": "{{{name}}}", "image": "{{{image}}}", "ports": [{"name": "http", "containerPort": {{{port}}}}]}]}
            }
          }
        }
        """);

    /// <summary>A Secret of another team, there to be kept out of reach.</summary>
    public static JsonObject Secret() => Parse("""
        {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "ledger-database"}, "type": "Opaque", "data": {"password": "bm90LWEtcmVhbC1wYXNzd29yZA=="}}
        """);

    private static JsonObject Parse(string json) => (JsonObject)JsonNode.Parse(json)!;
}
