using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;

namespace InfraGate.Sandbox.Validation;

/// <summary>One mistake in an object; <see cref="Reason"/> is the cause's type as in a Status (FieldValueInvalid, …).</summary>
internal sealed record FieldError(string Field, string Reason, string Body)
{
    public static FieldError Required(string field, string detail = "") =>
        new(field, "FieldValueRequired", "Required value" + (detail.Length > 0 ? ": " + detail : string.Empty));

    public static FieldError Invalid(string field, JsonNode? value, string detail) =>
        new(field, "FieldValueInvalid", $"Invalid value: {JsonText.Text(value)}: {detail}");

    public static FieldError InvalidObject(string field, string shown, string detail) =>
        new(field, "FieldValueInvalid", $"Invalid value: {shown}: {detail}");

    public static FieldError Duplicate(string field, JsonNode? value) =>
        new(field, "FieldValueDuplicate", $"Duplicate value: {JsonText.Text(value)}");

    public static FieldError NotSupported(string field, JsonNode? value, params IEnumerable<string> supported) =>
        new(field, "FieldValueNotSupported", $"Unsupported value: {JsonText.Text(value)}: supported values: {string.Join(", ", supported.Select(item => $"\"{item}\""))}");

    public static FieldError Forbidden(string field, string detail) => new(field, "FieldValueForbidden", "Forbidden: " + detail);

    public static FieldError NotFound(string field, JsonNode? value) => new(field, "FieldValueNotFound", $"Not found: {JsonText.Text(value)}");
}
