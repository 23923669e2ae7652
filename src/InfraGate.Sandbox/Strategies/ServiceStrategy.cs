using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Resources;
using InfraGate.Sandbox.Validation;

namespace InfraGate.Sandbox.Strategies;

/// <summary>Services; from 1.21 on they also carry their address families, from 1.22 on the internal traffic policy.</summary>
internal sealed class ServiceStrategy(ResourceType type, int minor, ServiceAllocator allocator) : ResourceStrategy(type)
{
    public override bool NamesAreLabels => true;

    public override void Default(JsonObject value)
    {
        var spec = value.Ensure("spec");
        spec.Default("sessionAffinity", "None");
        spec.Default("type", "ClusterIP");
        if (spec.Text("sessionAffinity") == "ClientIP")
        {
            spec.Ensure("sessionAffinityConfig").Ensure("clientIP").Default("timeoutSeconds", 10_800);
        }

        foreach (var port in spec.Items("ports"))
        {
            port.Default("protocol", "TCP");
            if (port["targetPort"] is null || port.Integer("targetPort") == 0 || port.Text("targetPort") is { Length: 0 })
            {
                port.Put("targetPort", port["port"]);
            }
        }

        if (IsReachedFromOutside(spec))
        {
            spec.Default("externalTrafficPolicy", "Cluster");
        }
    }

    public override void PrepareForCreate(JsonObject value, bool dryRun)
    {
        base.PrepareForCreate(value, dryRun);
        value["status"] = new JsonObject { ["loadBalancer"] = new JsonObject() };
    }

    public override void PrepareForUpdate(JsonObject value, JsonObject before, bool dryRun)
    {
        var spec = value.Ensure("spec");
        var old = before.Object("spec") ?? [];
        if (spec.Text("type") != "ExternalName" && old.Text("type") != "ExternalName" && string.IsNullOrEmpty(spec.Text("clusterIP")))
        {
            spec.Put("clusterIP", old["clusterIP"]);
            spec.Put("clusterIPs", old["clusterIPs"]);
        }
    }

    public override void Allocate(JsonObject value, JsonObject? before, bool dryRun)
    {
        var spec = value.Ensure("spec");
        if (spec.Text("type") == "ExternalName")
        {
            spec.Remove("clusterIP");
            spec.Remove("clusterIPs");
            return;
        }

        if (string.IsNullOrEmpty(spec.Text("clusterIP")))
        {
            spec["clusterIP"] = allocator.Address(dryRun);
        }
        else if (before is null && spec.Text("clusterIP") is { } asked && asked != "None" && !allocator.TryTakeAddress(asked, dryRun))
        {
            spec["clusterIP"] = asked;
        }

        spec["clusterIPs"] = new JsonArray(spec.Text("clusterIP"));
        if (minor >= 21)
        {
            spec.Default("ipFamilies", new JsonArray("IPv4"));
            spec.Default("ipFamilyPolicy", "SingleStack");
        }

        if (minor >= 22)
        {
            spec.Default("internalTrafficPolicy", "Cluster");
        }

        if (before?.Object("spec") is { } old && IsReachedFromOutside(old) && !IsReachedFromOutside(spec))
        {
            // Here and not before an update: the API server takes it away when it has already noted who owns it.
            spec.Remove("externalTrafficPolicy");
            spec.Remove("healthCheckNodePort");
        }

        AllocatePorts(spec, dryRun, before?.Object("spec"));
    }

    public override IEnumerable<FieldError> Validate(JsonObject value) => ServiceValidation.Spec(value.Object("spec") ?? []);

    public override IEnumerable<FieldError> ValidateUpdate(JsonObject value, JsonObject before) =>
        ServiceValidation.Update(value.Object("spec") ?? [], before.Object("spec") ?? []);

    public override void Released(JsonObject value) => allocator.Release(
        value.Text("spec", "clusterIP"),
        value.Items("spec", "ports").Select(port => port.Integer("nodePort")).OfType<long>());

    private static bool IsReachedFromOutside(JsonObject spec) => spec.Text("type") is "NodePort" or "LoadBalancer";

    private void AllocatePorts(JsonObject spec, bool dryRun, JsonObject? before)
    {
        var wanted = IsReachedFromOutside(spec);
        foreach (var port in spec.Items("ports"))
        {
            var same = before.Items("ports").FirstOrDefault(old => JsonNode.DeepEquals(old["port"], port["port"]) && JsonNode.DeepEquals(old["protocol"], port["protocol"]));
            if (wanted && port.Integer("nodePort") is null or 0)
            {
                port["nodePort"] = same?.Integer("nodePort") ?? allocator.Port(dryRun);
            }
            else if (!wanted && same is not null)
            {
                port.Remove("nodePort");
            }
        }
    }
}
