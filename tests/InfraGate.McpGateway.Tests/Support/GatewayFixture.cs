namespace InfraGate.McpGateway.Tests.Support;

/// <summary>One gateway for all tests of a class.</summary>
public sealed class GatewayFixture : IAsyncLifetime
{
    internal GatewayUnderTest Gateway { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Gateway = await GatewayUnderTest.StartAsync();
        await Gateway.ReadyAsync();
    }

    public async Task DisposeAsync() => await Gateway.DisposeAsync();
}
