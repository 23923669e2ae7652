namespace InfraGate.McpServer.Kubernetes.Watching;

/// <summary>What a feed keeps of one object.</summary>
/// <param name="Version">The object's resource version.</param>
/// <param name="IsDeleting">Whether its deletion was asked for and something still holds it.</param>
/// <param name="Weight">About how many bytes it takes.</param>
internal sealed record FeedEntry<TItem>(string Name, string? Uid, string? Version, bool IsDeleting, int Weight, TItem Item);

/// <summary>Everything that a feed starts from.</summary>
/// <param name="Version">The version of the collection; a watch goes on from there.</param>
internal sealed record FeedSeed<TItem>(IReadOnlyList<FeedEntry<TItem>> Entries, string? Version, bool IsComplete);

/// <summary>What was read from a feed that was in step.</summary>
/// <param name="Value">What was asked for.</param>
/// <param name="Change">Grows whenever anything in the feed changes; the same number means the same content.</param>
/// <param name="Observed">When the API server was last heard from.</param>
internal sealed record FeedReading<T>(T Value, long Change, DateTimeOffset Observed);

/// <summary>A collection cannot be kept in memory: it is too large, or its versions are not what a feed understands.</summary>
internal sealed class FeedRefusedException(string message) : Exception(message);
