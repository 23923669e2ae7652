namespace InfraGate.McpServer.Tests.Support;

/// <summary>Manifests as users write them.</summary>
internal static class SampleManifests
{
    /// <summary>A ConfigMap, a Service and a Deployment that belong together.</summary>
    public const string Shop = """
        # what the shop needs
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: shop
        data:
          mode: fast
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: shop
        spec:
          selector:
            app: shop
          ports:
          - port: 80
            targetPort: 8080
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: shop
        spec:
          replicas: 1
          selector:
            matchLabels:
              app: shop
          template:
            metadata:
              labels:
                app: shop
            spec:
              containers:
              - name: web
                image: registry.local/shop:1.2.3
                envFrom:
                - configMapRef:
                    name: shop
        """;
}
