using System.Text.Json;

namespace InfraGate.EndToEnd.Tests.Contract;

public sealed class SchemaCheckTests
{
    [Fact]
    public async Task A_value_that_its_schema_does_not_allow_and_a_schema_that_is_none_are_both_mistakes()
    {
        var schema = JsonSerializer.SerializeToElement(new { type = "object", properties = new { replicas = new { type = "integer" } } });
        var check = new SchemaCheck();
        check.Add("good", schema, JsonSerializer.SerializeToElement(new { replicas = 2 }));
        check.Add("bad", schema, JsonSerializer.SerializeToElement(new { replicas = "two" }));
        check.Add("odd", JsonSerializer.SerializeToElement(new { propertiez = 1 }), schema);

        var mistakes = await check.FindMistakesAsync();

        mistakes.Count.ShouldBe(2);
        mistakes[0].ShouldStartWith("bad: ");
        mistakes[1].ShouldStartWith("odd: ");
    }
}
