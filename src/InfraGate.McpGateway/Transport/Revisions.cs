using System.Collections.Frozen;

namespace InfraGate.McpGateway.Transport;

/// <summary>The protocol revisions that the endpoint speaks and what sets them apart.</summary>
internal static class Revisions
{
    /// <summary>The first revision without handshake and sessions; each request carries its own metadata.</summary>
    public const string Sessionless = "2026-07-28";

    /// <summary>Every revision, oldest first.</summary>
    public static IReadOnlyList<string> All { get; } = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", Sessionless];

    /// <summary>The revisions without sessions, oldest first.</summary>
    public static IReadOnlyList<string> WithoutSessions { get; } = [Sessionless];

    private static readonly FrozenSet<string> s_known = All.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether the endpoint speaks the revision.</summary>
    public static bool IsKnown(string revision) => s_known.Contains(revision);

    /// <summary>Whether the revision works without sessions; revisions are dates, so that their order is that of the text.</summary>
    public static bool IsSessionless(string? revision) => string.CompareOrdinal(revision, Sessionless) >= 0;
}
