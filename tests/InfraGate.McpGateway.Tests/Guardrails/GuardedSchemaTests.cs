using System.Text.Json;
using System.Text.Json.Nodes;
using InfraGate.McpGateway.Guardrails;

namespace InfraGate.McpGateway.Tests.Guardrails;

public sealed class GuardedSchemaTests
{
    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}""", "/properties/guardrail")]
    [InlineData("""{"type":"object"}""", "/properties/guardrail")]
    [InlineData("""{"type":"object","anyOf":[{"properties":{"a":{}},"additionalProperties":false},{"properties":{"error":{}}}]}""", "/anyOf/1/properties/guardrail")]
    public void A_schema_allows_the_label_wherever_it_lists_properties(string schema, string place)
    {
        var amended = JsonNode.Parse(GuardedSchema.Allow(JsonElement.Parse(schema))!.Value.GetRawText());
        foreach (var step in place.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            amended = amended is JsonArray list ? list[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)] : amended![step];
        }

        amended!["type"]!.GetValue<string>().ShouldBe("object");
    }

    [Fact]
    public void A_tool_without_a_schema_gets_none() => GuardedSchema.Allow(null).ShouldBeNull();
}
