using InfraGate.Plans.Audit;

namespace InfraGate.ApprovalUi.Tests.Support;

/// <summary>Somebody who signs in.</summary>
internal sealed record Person(string Subject, string Name, params string[] Groups)
{
    public static Person Alice { get; } = new("alice", "Alice Adams", "platform");

    public static Person Bob { get; } = new("bob", "Bob Brown", "platform", "sre");

    public static Person Carol { get; } = new("carol", "Carol Clark", "sre");

    public AuditActor ToActor() => new(AuditActorKind.Human, Subject, Name, Client: null);
}
