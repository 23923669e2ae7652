using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;

namespace InfraGate.Sandbox.Validation;

/// <summary>Rules for Services.</summary>
internal static class ServiceValidation
{
    private static readonly string[] Types = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"];
    private static readonly string[] Protocols = ["SCTP", "TCP", "UDP"];

    public static IEnumerable<FieldError> Spec(JsonObject spec)
    {
        var type = spec.Text("type") ?? string.Empty;
        if (!Types.Contains(type))
        {
            yield return FieldError.NotSupported("spec.type", type, Types);
        }

        if (spec.Text("sessionAffinity") is { } affinity and not ("None" or "ClientIP"))
        {
            yield return FieldError.NotSupported("spec.sessionAffinity", affinity, "ClientIP", "None");
        }

        if (type == "ExternalName" && string.IsNullOrEmpty(spec.Text("externalName")))
        {
            yield return FieldError.Required("spec.externalName");
        }

        if (spec.List("ports") is not { Count: > 0 } && type != "ExternalName" && spec.Text("clusterIP") != "None")
        {
            yield return FieldError.Required("spec.ports");
        }

        foreach (var error in Ports(spec).Concat(MetadataValidation.Labels(spec.Map("selector"), "spec.selector")))
        {
            yield return error;
        }
    }

    public static IEnumerable<FieldError> Update(JsonObject spec, JsonObject before)
    {
        if (spec.Text("type") != "ExternalName" && before.Text("type") != "ExternalName"
            && before.Text("clusterIP") is { Length: > 0 } address && spec.Text("clusterIP") != address)
        {
            yield return FieldError.InvalidObject("spec.clusterIPs[0]", $"[]string{{\"{spec.Text("clusterIP")}\"}}", "may not change once set");
        }
    }

    private static IEnumerable<FieldError> Ports(JsonObject spec)
    {
        var several = spec.List("ports")?.Count > 1;
        var names = new HashSet<string>();
        var numbers = new HashSet<string>();
        var index = 0;
        foreach (var port in spec.Items("ports"))
        {
            var at = $"spec.ports[{index++}]";
            foreach (var error in Port(port, at, several))
            {
                yield return error;
            }

            if (port.Text("name") is { Length: > 0 } name && !names.Add(name))
            {
                yield return FieldError.Duplicate(at + ".name", name);
            }

            if (!numbers.Add($"{port.Integer("port")}/{port.Text("protocol")}"))
            {
                yield return new FieldError(
                    at,
                    "FieldValueDuplicate",
                    $"Duplicate value: core.ServicePort{{Name:\"\", Protocol:\"{port.Text("protocol")}\", AppProtocol:(*string)(nil), Port:{port.Integer("port")}, TargetPort:intstr.IntOrString{{Type:0, IntVal:0, StrVal:\"\"}}, NodePort:0}}");
            }
        }
    }

    private static IEnumerable<FieldError> Port(JsonObject port, string at, bool several)
    {
        if (several && string.IsNullOrEmpty(port.Text("name")))
        {
            yield return FieldError.Required(at + ".name");
        }
        else if (port.Text("name") is { Length: > 0 } name && Names.LabelMistake(name) is { } mistake)
        {
            yield return FieldError.Invalid(at + ".name", name, mistake);
        }

        if (port.Integer("port") is not (>= 1 and <= 65_535))
        {
            yield return FieldError.Invalid(at + ".port", port.Integer("port") ?? 0, "must be between 1 and 65535, inclusive");
        }

        if (!Protocols.Contains(port.Text("protocol")))
        {
            yield return FieldError.NotSupported(at + ".protocol", port["protocol"], Protocols);
        }

        if (port.Integer("targetPort") is { } target and not (>= 1 and <= 65_535))
        {
            yield return FieldError.Invalid(at + ".targetPort", target, "must be between 1 and 65535, inclusive");
        }
    }
}
