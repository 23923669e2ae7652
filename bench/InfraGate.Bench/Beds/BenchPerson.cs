using InfraGate.Quickstart.Walkthrough;

namespace InfraGate.Bench.Beds;

/// <summary>Somebody who can sign in at the dev issuer.</summary>
internal sealed record BenchPerson(string Name, string Password)
{
    /// <summary>The person on whose behalf the load asks, and who approves.</summary>
    public static BenchPerson Alice { get; } = new("alice", "alice-local-only");

    /// <summary>A browser at which this person sits.</summary>
    public BrowserUser OpenBrowser() => new(Name, Password);
}
