using System.Text.Json.Serialization;

namespace InfraGate.Plans.Audit;

/// <summary>What sort of party acted.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AuditActorKind>))]
public enum AuditActorKind
{
    /// <summary>A program acting for a person, through MCP.</summary>
    [JsonStringEnumMemberName("agent")]
    Agent,

    /// <summary>A person in a browser session.</summary>
    [JsonStringEnumMemberName("human")]
    Human,

    /// <summary>InfraGate itself: expiry, recovery, key changes.</summary>
    [JsonStringEnumMemberName("system")]
    System,
}

/// <summary>Who did what an audit entry records.</summary>
/// <param name="Kind">Agent, human or InfraGate itself.</param>
/// <param name="Subject">The verified subject; <c>infragate</c> for the system.</param>
/// <param name="Name">A name to show.</param>
/// <param name="Client">The OAuth client or key, where there is one.</param>
public sealed record AuditActor(AuditActorKind Kind, string Subject, string Name, string? Client)
{
    /// <summary>InfraGate itself.</summary>
    public static AuditActor InfraGate { get; } = new(AuditActorKind.System, "infragate", "InfraGate", Client: null);

    /// <summary>The agent that acts for a requester.</summary>
    public static AuditActor For(Requester requester)
    {
        ArgumentNullException.ThrowIfNull(requester);
        return new(AuditActorKind.Agent, requester.Subject, requester.Name, requester.Client);
    }
}
