using System.Text;
using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Resources;
using InfraGate.Sandbox.Validation;

namespace InfraGate.Sandbox.Strategies;

/// <summary>ConfigMaps: valid keys, one mebibyte in all, and nothing changes once immutable.</summary>
internal sealed class ConfigMapStrategy(ResourceType type) : ResourceStrategy(type)
{
    private const int MaximumSize = 1024 * 1024;

    public override IEnumerable<FieldError> Validate(JsonObject value)
    {
        var size = 0;
        foreach (var part in new[] { "data", "binaryData" })
        {
            foreach (var (key, text) in value.Map(part))
            {
                size += Encoding.UTF8.GetByteCount(text);
                if (Names.ConfigMapKeyMistake(key) is { } mistake)
                {
                    yield return FieldError.Invalid($"{part}[{key}]", key, mistake);
                }

                if (part == "binaryData" && value.Object("data")?.ContainsKey(key) == true)
                {
                    yield return FieldError.Invalid("data[" + key + "]", key, "duplicate of key present in binaryData");
                }
            }
        }

        if (size > MaximumSize)
        {
            yield return new FieldError(string.Empty, "FieldValueTooLong", $"Too long: must have at most {MaximumSize} characters");
        }
    }

    public override IEnumerable<FieldError> ValidateUpdate(JsonObject value, JsonObject before)
    {
        if (before.Boolean("immutable") != true)
        {
            yield break;
        }

        if (value.Boolean("immutable") != true)
        {
            yield return FieldError.Forbidden("immutable", "field is immutable when `immutable` is set");
        }

        foreach (var part in new[] { "data", "binaryData" })
        {
            if (!JsonNode.DeepEquals(value[part], before[part]))
            {
                yield return FieldError.Forbidden(part, "field is immutable when `immutable` is set");
            }
        }
    }
}
