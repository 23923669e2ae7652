using InfraGate.McpServer.Inspection.Status;
using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Kubernetes.Watching;
using InfraGate.McpServer.Tests.Support;
using InfraGate.RealParts.Waiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace InfraGate.McpServer.Tests.Kubernetes.Watching;

/// <summary>When a feed starts, when it may be read, when it gives up and when it ends.</summary>
public sealed class FeedTests : IAsyncLifetime
{
    private static readonly FeedOptions Quick = new()
    {
        Lifetime = TimeSpan.FromSeconds(1), Grace = TimeSpan.FromSeconds(1), Patience = TimeSpan.FromMilliseconds(100), FirstRest = TimeSpan.FromMilliseconds(1), LongestRest = TimeSpan.FromMilliseconds(2),
    };

    /// <summary>For watches that must not break however busy the machine is.</summary>
    private static readonly TimeSpan LongGrace = TimeSpan.FromSeconds(30);

    private readonly WatchedServer _cluster = new();
    private readonly CancellationTokenSource _stopping = new();
    private FakeApiServer _server = null!;
    private ClientUnderTest _client = null!;

    public async Task InitializeAsync()
    {
        _server = await FakeApiServer.StartAsync(_cluster.AnswerAsync);
        _client = ClientUnderTest.For(_server.Address);
    }

    public async Task DisposeAsync()
    {
        await _stopping.CancelAsync();
        _client.Dispose();
        await _server.DisposeAsync();
        _stopping.Dispose();
    }

    [Fact]
    public async Task Many_readers_at_once_cause_one_listing_and_one_watch()
    {
        var feed = Feed(new FeedOptions());

        var readings = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ReadAsync(feed)));

        readings.ShouldAllBe(reading => reading!.Value.Single().Name == "map-0");
        (_cluster.Lists, _cluster.OpenWatches).ShouldBe((1, 1));
    }

    [Fact]
    public async Task A_read_that_may_not_wait_is_sent_to_the_cluster_until_the_feed_is_in_step()
    {
        var feed = Feed(new FeedOptions());

        (await ReadAsync(feed, awaitStart: false)).ShouldBeNull();

        await Eventually.TrueAsync(async () => await ReadAsync(feed, awaitStart: false) is not null);
        _cluster.Lists.ShouldBe(1);
    }

    [Fact]
    public async Task The_watch_is_renewed_from_the_last_version_and_the_stated_time_moves_on()
    {
        _cluster.OnWatch = async context =>
        {
            await context.Response.WriteAsync("""{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"42"}}}""" + "\n");
            await Task.Delay(TimeSpan.FromSeconds(1), context.RequestAborted);
        };
        var feed = Feed(Quick with { Grace = LongGrace });
        var first = (await ReadAsync(feed))!;

        await Eventually.TrueAsync(async () => await ReadAsync(feed) is { } reading && reading.Observed - first.Observed > TimeSpan.FromSeconds(2));

        _cluster.Lists.ShouldBe(1);
        _server.Requests.Last().PathAndQuery.ShouldContain("resourceVersion=42");
    }

    [Fact]
    public async Task A_feed_that_nobody_reads_stops_and_the_next_reader_starts_it_again()
    {
        var feed = Feed(Quick with { Idle = TimeSpan.FromMilliseconds(10) });
        await ReadAsync(feed);
        _cluster.Lists.ShouldBe(1);

        // It ends with its watch, a moment after the cluster has ended that; until then readers are answered from memory.
        await Eventually.TrueAsync(async () => await ReadAsync(feed) is not null && _cluster.Lists == 2);
    }

    [Fact]
    public async Task No_watch_outlives_the_end()
    {
        var feed = Feed(new FeedOptions());
        await ReadAsync(feed);
        _cluster.OpenWatches.ShouldBe(1);

        await _stopping.CancelAsync();

        await Eventually.TrueAsync(() => Task.FromResult(_cluster.OpenWatches == 0));
        (await ReadAsync(feed)).ShouldBeNull();
    }

    [Theory]
    [InlineData(403)]
    [InlineData(405)]
    public async Task Where_watching_is_not_allowed_reads_are_live_and_it_is_not_tried_again_soon(int status)
    {
        _cluster.OnWatch = context => FakeApiServer.StatusAsync(context, status, "configmaps is forbidden: User \"infragate\" cannot watch resource \"configmaps\"");
        var feed = Feed(Quick);

        for (var times = 0; times < 5; times++)
        {
            (await ReadAsync(feed)).ShouldBeNull();
        }

        _server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_collection_beyond_the_bound_is_read_live_and_not_watched()
    {
        var feed = Feed(Quick with { MaxWeight = 10 });

        (await ReadAsync(feed)).ShouldBeNull();
        (await ReadAsync(feed)).ShouldBeNull();

        _server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Those_who_wait_for_a_listing_learn_why_it_failed()
    {
        await _server.DisposeAsync();
        var feed = Feed(new FeedOptions());

        var failure = await Should.ThrowAsync<KubernetesException>(ReadAsync(feed));

        failure.Failure.ShouldBe(KubernetesFailure.Unreachable);
    }

    [Fact]
    public async Task A_watch_that_ends_too_early_every_time_does_not_become_a_storm()
    {
        _cluster.OnWatch = context => context.Response.Body.FlushAsync();
        var feed = Feed(Quick with { Lifetime = TimeSpan.FromMinutes(1), FirstRest = TimeSpan.FromMinutes(1), LongestRest = TimeSpan.FromMinutes(1) });
        await ReadAsync(feed);

        await Eventually.TrueAsync(async () => await ReadAsync(feed) is null);
        await ReadAsync(feed);

        _server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_version_that_is_too_old_is_listed_again()
    {
        _cluster.OnWatch = async context =>
        {
            var isRenewal = _server.Requests.Count(request => request.PathAndQuery.Contains("watch", StringComparison.Ordinal)) == 2;
            if (isRenewal)
            {
                await context.Response.WriteAsync("""{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":"too old resource version: 7 (99)"}}""" + "\n");
                return;
            }

            await context.Response.Body.FlushAsync();
            await Task.Delay(TimeSpan.FromSeconds(1), context.RequestAborted);
        };
        var feed = Feed(Quick with { Grace = LongGrace });
        await ReadAsync(feed);

        await Eventually.TrueAsync(() => Task.FromResult(_cluster.Lists == 2));

        await Eventually.TrueAsync(async () => await ReadAsync(feed) is not null);
    }

    [Fact]
    public async Task Doubt_sends_readers_to_a_new_listing()
    {
        var feed = Feed(new FeedOptions());
        await ReadAsync(feed);

        feed.Told.Doubt();
        (await ReadAsync(feed)).ShouldNotBeNull();

        _cluster.Lists.ShouldBe(2);
        await Eventually.TrueAsync(() => Task.FromResult(_cluster.OpenWatches == 1));
    }

    [Fact]
    public async Task What_was_written_is_waited_for_only_for_so_long()
    {
        var feed = Feed(new FeedOptions { Patience = TimeSpan.FromMilliseconds(50) });
        await ReadAsync(feed);

        feed.Told.Raise("8");

        (await ReadAsync(feed)).ShouldBeNull();
    }

    private static Task<FeedReading<IReadOnlyList<ConfigMapLine>>?> ReadAsync(Feed<ConfigMapLine> feed, bool awaitStart = true) =>
        feed.ReadAsync(static store => store.Items, awaitStart, CancellationToken.None).AsTask();

    private Feed<ConfigMapLine> Feed(FeedOptions options) =>
        new(_client.Client, StatusKinds.ConfigMaps, options, TimeProvider.System, NullLog.Factory.CreateLogger("test"), _stopping.Token);
}
