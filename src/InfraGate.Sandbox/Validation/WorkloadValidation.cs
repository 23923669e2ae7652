using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Selectors;

namespace InfraGate.Sandbox.Validation;

/// <summary>Rules for what runs Pods from a template.</summary>
internal static class WorkloadValidation
{
    private const string NotNegativeMessage = "must be greater than or equal to 0";

    public static IEnumerable<FieldError> Replicas(JsonObject spec) => NotNegative(spec, "replicas");

    public static IEnumerable<FieldError> NotNegative(JsonObject spec, string name)
    {
        if (spec.Integer(name) is < 0)
        {
            yield return FieldError.Invalid("spec." + name, spec[name], NotNegativeMessage);
        }
    }

    public static IEnumerable<FieldError> Selector(JsonObject spec, string kind)
    {
        if (spec.Object("selector") is not { } selector)
        {
            yield return FieldError.Required("spec.selector");
            yield break;
        }

        if ((selector.Object("matchLabels")?.Count ?? 0) + (selector.List("matchExpressions")?.Count ?? 0) == 0)
        {
            yield return FieldError.InvalidObject("spec.selector", GoText.LabelSelector(selector), $"empty selector is invalid for {kind}");
        }

        foreach (var error in MetadataValidation.Labels(selector.Map("matchLabels"), "spec.selector.matchLabels"))
        {
            yield return error;
        }

        foreach (var (expression, index) in selector.Items("matchExpressions").Select((item, index) => (item, index)))
        {
            foreach (var error in Expression(expression, $"spec.selector.matchExpressions[{index}]"))
            {
                yield return error;
            }
        }
    }

    public static IEnumerable<FieldError> Template(JsonObject spec)
    {
        if (spec.Object("template") is not { } template)
        {
            template = new JsonObject { ["spec"] = new JsonObject() };
        }

        var labels = template.Map("metadata", "labels");
        if (!Malformed(spec.Object("selector")) && !LabelSelector.FromObject(spec.Object("selector")).Matches(labels))
        {
            yield return FieldError.InvalidObject("spec.template.metadata.labels", template.Object("metadata", "labels") is null ? "map[string]string(nil)" : GoText.StringMap(labels), "`selector` does not match template `labels`");
        }

        foreach (var error in MetadataValidation.Labels(labels, "spec.template.labels").Concat(PodValidation.Spec(template.Object("spec"), "spec.template.spec")))
        {
            yield return error;
        }

        if (template.Text("spec", "restartPolicy") is { } policy and not "Always")
        {
            yield return FieldError.NotSupported("spec.template.spec.restartPolicy", policy, "Always");
        }
    }

    public static IEnumerable<FieldError> Strategy(JsonObject strategy)
    {
        const string Field = "spec.strategy";
        switch (strategy.Text("type"))
        {
            case "Recreate":
                if (strategy["rollingUpdate"] is not null)
                {
                    yield return FieldError.Forbidden(Field + ".rollingUpdate", "may not be specified when strategy `type` is 'Recreate'");
                }

                break;
            case "RollingUpdate":
                foreach (var error in RollingUpdate(strategy.Object("rollingUpdate") ?? [], Field + ".rollingUpdate"))
                {
                    yield return error;
                }

                break;
            default:
                yield return FieldError.NotSupported(Field, strategy["type"], "Recreate", "RollingUpdate");
                break;
        }
    }

    public static IEnumerable<FieldError> ProgressDeadline(JsonObject spec)
    {
        if (spec.Integer("progressDeadlineSeconds") is not { } deadline)
        {
            yield break;
        }

        if (deadline < 0)
        {
            yield return FieldError.Invalid("spec.progressDeadlineSeconds", deadline, NotNegativeMessage);
        }

        if (deadline <= (spec.Integer("minReadySeconds") ?? 0))
        {
            yield return FieldError.Invalid("spec.progressDeadlineSeconds", deadline, "must be greater than minReadySeconds");
        }
    }

    public static IEnumerable<FieldError> ImmutableSelector(JsonObject? selector, JsonObject? before)
    {
        if (!JsonNode.DeepEquals(selector, before))
        {
            yield return FieldError.InvalidObject("spec.selector", GoText.LabelSelector(selector ?? []), "field is immutable");
        }
    }

    private static bool Malformed(JsonObject? selector) =>
        selector.Items("matchExpressions").Any(item => !Enum.TryParse<SelectorOperator>(item.Text("operator"), out _));

    private static IEnumerable<FieldError> Expression(JsonObject expression, string field)
    {
        var values = expression.List("values")?.Count ?? 0;
        switch (expression.Text("operator"))
        {
            case "In" or "NotIn" when values == 0:
                yield return FieldError.Required(field + ".values", "must be specified when `operator` is 'In' or 'NotIn'");
                break;
            case "Exists" or "DoesNotExist" when values > 0:
                yield return FieldError.Forbidden(field + ".values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                break;
            case "In" or "NotIn" or "Exists" or "DoesNotExist":
                break;
            default:
                yield return FieldError.Invalid(field + ".operator", expression["operator"], "not a valid selector operator");
                break;
        }
    }

    private static IEnumerable<FieldError> RollingUpdate(JsonObject rolling, string field)
    {
        foreach (var name in new[] { "maxUnavailable", "maxSurge" })
        {
            if (rolling.Integer(name) is < 0)
            {
                yield return FieldError.Invalid($"{field}.{name}", rolling[name], NotNegativeMessage);
            }
            else if (rolling.Text(name) is { } text && !(text.EndsWith('%') && int.TryParse(text[..^1], out var percent) && percent >= 0))
            {
                yield return FieldError.Invalid($"{field}.{name}", text, "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')");
            }
        }

        if (IsZero(rolling["maxUnavailable"]) && IsZero(rolling["maxSurge"]))
        {
            yield return FieldError.Invalid(field + ".maxUnavailable", rolling["maxUnavailable"], "may not be 0 when `maxSurge` is 0");
        }
    }

    private static bool IsZero(JsonNode? value) => value.Integer() == 0 || value.Text() == "0%";
}
