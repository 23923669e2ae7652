using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;

namespace InfraGate.Sandbox.Validation;

/// <summary>Rules for Pod specs.</summary>
internal static class PodValidation
{
    private static readonly string[] Protocols = ["TCP", "UDP", "SCTP"];
    private static readonly string[] ProbeOrder = ["livenessProbe", "startupProbe", "readinessProbe"];

    public static IEnumerable<FieldError> Spec(JsonObject? spec, string field)
    {
        spec ??= [];
        var volumes = new HashSet<string>();
        var errors = Volumes(spec, field, volumes).ToList();
        if (spec.List("containers") is not { Count: > 0 })
        {
            errors.Add(FieldError.Required(field + ".containers"));
        }

        var names = new HashSet<string>();
        foreach (var list in new[] { "containers", "initContainers" })
        {
            var index = 0;
            foreach (var container in spec.Items(list))
            {
                errors.AddRange(Container(container, $"{field}.{list}[{index++}]", names, volumes));
            }
        }

        if (spec.Text("restartPolicy") is { } restart && restart is not ("Always" or "OnFailure" or "Never"))
        {
            errors.Add(FieldError.NotSupported(field + ".restartPolicy", restart, "Always", "Never", "OnFailure"));
        }

        if (spec.Text("dnsPolicy") is { } dns && dns is not ("ClusterFirst" or "ClusterFirstWithHostNet" or "Default" or "None"))
        {
            errors.Add(FieldError.NotSupported(field + ".dnsPolicy", dns, "ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"));
        }

        if (spec.Integer("terminationGracePeriodSeconds") is < 0)
        {
            errors.Add(FieldError.Invalid(field + ".terminationGracePeriodSeconds", spec["terminationGracePeriodSeconds"], "must be greater than or equal to 0"));
        }

        return errors;
    }

    private static IEnumerable<FieldError> Volumes(JsonObject spec, string field, HashSet<string> names)
    {
        var index = 0;
        foreach (var volume in spec.Items("volumes"))
        {
            var at = $"{field}.volumes[{index++}].name";
            var name = volume.Text("name") ?? string.Empty;
            if (name.Length == 0)
            {
                yield return FieldError.Required(at);
            }
            else if (Names.LabelMistake(name) is { } mistake)
            {
                yield return FieldError.Invalid(at, name, mistake);
            }
            else if (!names.Add(name))
            {
                yield return FieldError.Duplicate(at, name);
            }
        }
    }

    private static IEnumerable<FieldError> Container(JsonObject container, string field, HashSet<string> names, HashSet<string> volumes)
    {
        var name = container.Text("name") ?? string.Empty;
        if (name.Length == 0)
        {
            yield return FieldError.Required(field + ".name");
        }
        else if (Names.LabelMistake(name) is { } mistake)
        {
            yield return FieldError.Invalid(field + ".name", name, mistake);
        }
        else if (!names.Add(name))
        {
            yield return FieldError.Duplicate(field + ".name", name);
        }

        var image = container.Text("image") ?? string.Empty;
        if (image.Length == 0)
        {
            yield return FieldError.Required(field + ".image");
        }
        else if (image.Trim() != image)
        {
            yield return FieldError.Invalid(field + ".image", image, "must not have leading or trailing whitespace");
        }

        foreach (var error in Probes(container, field).Concat(Ports(container, field)).Concat(Environment(container, field)).Concat(Mounts(container, field, volumes)).Concat(Resources(container, field)))
        {
            yield return error;
        }

        if (container.Text("imagePullPolicy") is { } policy && policy is not ("Always" or "IfNotPresent" or "Never"))
        {
            yield return FieldError.NotSupported(field + ".imagePullPolicy", policy, "Always", "IfNotPresent", "Never");
        }
    }

    private static IEnumerable<FieldError> Probes(JsonObject container, string field) =>
        ProbeOrder.SelectMany(probe => ProbeValidation.Of(container, probe, field));

    private static IEnumerable<FieldError> Ports(JsonObject container, string field)
    {
        var names = new HashSet<string>();
        var index = 0;
        foreach (var port in container.Items("ports"))
        {
            var at = $"{field}.ports[{index++}]";
            if (port.Integer("containerPort") is not { } number || number == 0)
            {
                yield return FieldError.Required(at + ".containerPort");
            }
            else if (number is < 1 or > 65_535)
            {
                yield return FieldError.Invalid(at + ".containerPort", number, "must be between 1 and 65535, inclusive");
            }

            if (port.Text("name") is { Length: > 0 } name && !names.Add(name))
            {
                yield return FieldError.Duplicate(at + ".name", name);
            }

            if (port.Text("protocol") is { } protocol && !Protocols.Contains(protocol))
            {
                yield return FieldError.NotSupported(at + ".protocol", protocol, Protocols);
            }
        }
    }

    private static IEnumerable<FieldError> Environment(JsonObject container, string field)
    {
        var index = 0;
        foreach (var variable in container.Items("env"))
        {
            var at = $"{field}.env[{index++}]";
            var name = variable.Text("name") ?? string.Empty;
            if (name.Length == 0)
            {
                yield return FieldError.Required(at + ".name");
            }
            else if (name.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('_' or '-' or '.')) || char.IsAsciiDigit(name[0]))
            {
                yield return FieldError.Invalid(
                    at + ".name",
                    name,
                    "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')");
            }

            if (variable.Object("valueFrom") is not null && variable.Text("value") is { Length: > 0 })
            {
                yield return FieldError.Invalid(at + ".valueFrom", string.Empty, "may not be specified when `value` is not empty");
            }
        }
    }

    private static IEnumerable<FieldError> Mounts(JsonObject container, string field, HashSet<string> volumes)
    {
        var paths = new HashSet<string>();
        var index = 0;
        foreach (var mount in container.Items("volumeMounts"))
        {
            var at = $"{field}.volumeMounts[{index++}]";
            if (mount.Text("name") is not { Length: > 0 } name)
            {
                yield return FieldError.Required(at + ".name");
            }
            else if (!volumes.Contains(name))
            {
                yield return FieldError.NotFound(at + ".name", name);
            }

            if (mount.Text("mountPath") is not { Length: > 0 } path)
            {
                yield return FieldError.Required(at + ".mountPath");
            }
            else if (!paths.Add(path))
            {
                yield return FieldError.Invalid(at + ".mountPath", path, "must be unique");
            }
        }
    }

    private static IEnumerable<FieldError> Resources(JsonObject container, string field)
    {
        foreach (var kind in new[] { "limits", "requests" })
        {
            foreach (var (name, value) in container.Object("resources", kind) ?? [])
            {
                if (!Quantity.TryParse(value, out var amount))
                {
                    yield return FieldError.Invalid($"{field}.resources.{kind}[{name}]", value, "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
                }
                else if (kind == "requests" && Quantity.TryParse(container.Object("resources", "limits")?[name], out var limit) && amount > limit)
                {
                    yield return FieldError.Invalid($"{field}.resources.requests", value, $"must be less than or equal to {name} limit");
                }
            }
        }
    }
}
