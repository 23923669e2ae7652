using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;

namespace InfraGate.Sandbox.Validation;

/// <summary>Rules for the metadata of every object.</summary>
internal static class MetadataValidation
{
    private const int MaximumAnnotations = 256 * 1024;

    public static IEnumerable<FieldError> Check(JsonObject metadata, Func<string, string?> nameMistake)
    {
        if (metadata.Text("name") is not { Length: > 0 } name)
        {
            yield return FieldError.Required("metadata.name", "name or generateName is required");
        }
        else if (nameMistake(name) is { } mistake)
        {
            yield return FieldError.Invalid("metadata.name", name, mistake);
        }

        foreach (var error in Labels(metadata.Map("labels"), "metadata.labels").Concat(Annotations(metadata)))
        {
            yield return error;
        }
    }

    public static IEnumerable<FieldError> Labels(Dictionary<string, string> labels, string field)
    {
        foreach (var (key, value) in labels)
        {
            if (Names.QualifiedNameMistake(key) is { } badKey)
            {
                yield return FieldError.Invalid(field, key, badKey);
            }

            if (Names.LabelValueMistake(value) is { } badValue)
            {
                yield return FieldError.Invalid(field, value, badValue);
            }
        }
    }

    private static IEnumerable<FieldError> Annotations(JsonObject metadata)
    {
        var size = 0;
        foreach (var (key, value) in metadata.Map("annotations"))
        {
            size += key.Length + value.Length;
            if (Names.QualifiedNameMistake(key.ToLowerInvariant()) is { } mistake)
            {
                yield return FieldError.Invalid("metadata.annotations", key, mistake);
            }
        }

        if (size > MaximumAnnotations)
        {
            yield return new FieldError("metadata.annotations", "FieldValueTooLong", $"Too long: must have at most {MaximumAnnotations} bytes");
        }
    }
}
