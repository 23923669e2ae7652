namespace InfraGate.Sandbox.Tests.Parity;

[CollectionDefinition(Name)]
public sealed class SharedServers : ICollectionFixture<ParityFixture>
{
    public const string Name = "a real API server and a sandbox";
}
