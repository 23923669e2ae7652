using System.Net;
using InfraGate.McpGateway.Tests.Support;

namespace InfraGate.McpGateway.Tests.Transport;

/// <summary>What a session costs that nobody uses.</summary>
[Collection(MeasuredAlone.Name)]
public sealed class SessionMemoryTests
{
    [Fact]
    public async Task Two_thousand_idle_sessions_cost_at_most_40_KB_each()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var token = gateway.Issuer.Token(gateway.Resource);
        using (var warm = gateway.NewClient(token))
        {
            await warm.InitializeAsync();
        }

        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var client = gateway.NewClient(token);
        for (var i = 0; i < 2000; i++)
        {
            (await client.InitializeAsync()).Status.ShouldBe(HttpStatusCode.OK);
        }

        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / 2000;
        each.ShouldBeLessThan(40_000);
    }
}
