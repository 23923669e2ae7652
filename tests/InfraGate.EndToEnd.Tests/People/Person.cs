namespace InfraGate.EndToEnd.Tests.People;

/// <summary>Somebody who can sign in at an issuer of the tests.</summary>
public sealed record Person(string Name, string Password)
{
    public static Person Alice { get; } = new("alice", "alice-local-only");

    public static Person Bob { get; } = new("bob", "bob-local-only");
}
