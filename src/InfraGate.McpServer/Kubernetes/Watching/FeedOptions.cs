namespace InfraGate.McpServer.Kubernetes.Watching;

/// <summary>How feeds stay in step, and when they give up.</summary>
internal sealed record FeedOptions
{
    /// <summary>After which each watch is renewed, so that the API server is heard from at least that often.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How much longer than its lifetime a watch may be silent before the feed counts as broken, whatever the connection seems to be.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a read waits for a feed that is about to be in step; then it is answered live.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>A feed that nobody has read for so long stops and forgets.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How long a feed rests that may not watch, or whose collection is too large.</summary>
    public TimeSpan Refused { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a feed rests after its watch broke; doubled each time, up to <see cref="LongestRest"/>.</summary>
    public TimeSpan FirstRest { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestRest { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The most that one feed keeps, as <see cref="FeedSource{TModel,TItem}"/> weighs its items, in bytes.</summary>
    public long MaxWeight { get; init; } = 8 * 1024 * 1024;

    /// <summary>The oldest that anything read from a feed can be.</summary>
    public TimeSpan Bound => Lifetime + Grace;
}
