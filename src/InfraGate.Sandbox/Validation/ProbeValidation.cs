using System.Text.Json;
using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;

namespace InfraGate.Sandbox.Validation;

/// <summary>Rules for the probes of a container (<c>validateProbe</c> of the API server).</summary>
internal static class ProbeValidation
{
    private static readonly string[] Handlers = ["exec", "httpGet", "tcpSocket"];
    private static readonly string[] Numbers = ["initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold"];

    public static IEnumerable<FieldError> Of(JsonObject container, string probe, string field)
    {
        if (container.Object(probe) is not { } spec)
        {
            yield break;
        }

        var at = $"{field}.{probe}";
        var handlers = Handlers.Where(handler => spec.Object(handler) is not null).ToList();
        if (handlers.Count == 0)
        {
            yield return FieldError.Required(at, "must specify a handler type");
        }
        else if (handlers[0] != "exec" && Port(spec.Object(handlers[0])!) is var port and (< 1 or > 65_535))
        {
            yield return FieldError.Invalid($"{at}.{handlers[0]}.port", port, "must be between 1 and 65535, inclusive");
        }

        foreach (var second in handlers.Skip(1))
        {
            yield return FieldError.Forbidden($"{at}.{second}", "may not specify more than 1 handler type");
        }

        foreach (var number in Numbers.Where(number => spec.Integer(number) is < 0))
        {
            yield return FieldError.Invalid($"{at}.{number}", spec[number], "must be greater than or equal to 0");
        }

        if (probe != "readinessProbe" && spec.Integer("successThreshold") is { } successes && successes != 1)
        {
            yield return FieldError.Invalid($"{at}.successThreshold", spec["successThreshold"], "must be 1");
        }
    }

    /// <summary>The port's number; 1 where it is named, for a name is checked when the probe runs.</summary>
    private static long Port(JsonObject handler) => handler["port"]?.GetValueKind() is JsonValueKind.String ? 1 : handler.Integer("port") ?? 0;
}
