using System.Text.Json.Nodes;
using InfraGate.Sandbox.Hosting;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Registry;
using InfraGate.Sandbox.Resources;

namespace InfraGate.Sandbox.Demo;

/// <summary>Puts the first objects into the cluster: namespaces, a node, the demo workload with its failed rollout, other teams' workloads.</summary>
internal sealed class Seeder(ObjectRegistry registry, ResourceCatalog catalog, SandboxOptions options, DemoRollout rollout, BulkFill fill)
{
    private const string Manager = "kubectl-client-side-apply";

    public void Seed()
    {
        foreach (var name in new[] { "default", "kube-system", "kube-public" })
        {
            Create(catalog.Namespaces, string.Empty, DemoObjects.Namespace(name));
        }

        Create(catalog.Nodes, string.Empty, DemoObjects.Node());
        if (!options.Empty)
        {
            SeedDemo();
            SeedOthers();
        }

        fill.Fill(options.Fill);
    }

    private void SeedDemo()
    {
        Create(catalog.Namespaces, string.Empty, DemoObjects.Namespace(DemoObjects.DemoNamespace));
        Create(catalog.ConfigMaps, DemoObjects.DemoNamespace, DemoObjects.ConfigMap());
        Create(catalog.Services, DemoObjects.DemoNamespace, DemoObjects.Service("nginx-demo", "nginx-demo", 80));
        Create(catalog.Deployments, DemoObjects.DemoNamespace, DemoObjects.Deployment());
        rollout.Start();
    }

    private void SeedOthers()
    {
        Create(catalog.Services, "default", DemoObjects.ApiService());
        Create(catalog.Deployments, "kube-system", DemoObjects.Other("coredns", "registry.k8s.io/coredns/coredns:v1.11.1", 2, 53));
        Create(catalog.Services, "kube-system", DemoObjects.Service("kube-dns", "coredns", 53));
        Create(catalog.Namespaces, string.Empty, DemoObjects.Namespace("payments"));
        Create(catalog.Deployments, "payments", DemoObjects.Other("ledger", "registry.example.com/payments/ledger:4.2.0", 2, 8080));
        Create(catalog.Services, "payments", DemoObjects.Service("ledger", "ledger", 8080));
        Create(catalog.Secrets, "payments", DemoObjects.Secret());
    }

    private void Create(ResourceType type, string @namespace, JsonObject value) =>
        registry.Create(new WriteContext(catalog.Preferred(type), @namespace, Manager), (JsonObject)value.DeepClone());
}
