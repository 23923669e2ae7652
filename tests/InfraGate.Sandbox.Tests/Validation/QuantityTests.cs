using System.Text.Json.Nodes;
using InfraGate.Sandbox.Validation;

namespace InfraGate.Sandbox.Tests.Validation;

public sealed class QuantityTests
{
    [Theory]
    [InlineData("500m", "500m")]
    [InlineData("0.5", "500m")]
    [InlineData("1500m", "1500m")]
    [InlineData("1000m", "1")]
    [InlineData("1000", "1k")]
    [InlineData("0", "0")]
    [InlineData("64Mi", "64Mi")]
    [InlineData("1024Ki", "1Mi")]
    [InlineData("1.5Gi", "1536Mi")]
    [InlineData("512Ki", "512Ki")]
    [InlineData("3e3", "3k")]
    public void A_quantity_is_written_as_Go_writes_it(string given, string written)
    {
        Quantity.TryParse(JsonValue.Create(given), out var amount).ShouldBeTrue();

        Quantity.Format(amount, Quantity.IsBinary(JsonValue.Create(given))).ShouldBe(written);
    }
}
