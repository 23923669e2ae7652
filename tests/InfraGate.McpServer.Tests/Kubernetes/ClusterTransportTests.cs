using System.Diagnostics;
using System.Text.Json.Nodes;
using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Kubernetes.Http;
using InfraGate.McpServer.Kubernetes.Models;
using InfraGate.McpServer.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace InfraGate.McpServer.Tests.Kubernetes;

/// <summary>The client's behaviour towards an API server that is slow, busy, failing or hostile, over a real socket.</summary>
public sealed class ClusterTransportTests
{
    private const string ConfigMap = """{ "metadata": { "name": "web" }, "data": { "a": "12345" } }""";

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(429)]
    public async Task A_read_is_tried_again_after_a_passing_failure(int status)
    {
        var calls = 0;
        await using var server = await FakeApiServer.StartAsync(context =>
            Interlocked.Increment(ref calls) < 3 ? FakeApiServer.StatusAsync(context, status, "not now") : FakeApiServer.JsonAsync(context, ConfigMap));
        using var client = ClientUnderTest.For(server.Address);

        var map = await GetAsync(client);

        map.Data!["a"].ShouldBe(5);
        server.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Retry_after_is_honoured()
    {
        var calls = 0;
        await using var server = await FakeApiServer.StartAsync(context =>
        {
            if (Interlocked.Increment(ref calls) > 1)
            {
                return FakeApiServer.JsonAsync(context, ConfigMap);
            }

            context.Response.Headers.RetryAfter = "1";
            return FakeApiServer.StatusAsync(context, 429, "too many requests");
        });
        using var client = ClientUnderTest.For(server.Address);

        await GetAsync(client);

        var times = server.Requests.Select(request => request.At).ToList();
        Stopwatch.GetElapsedTime(times[0], times[1]).ShouldBeGreaterThan(TimeSpan.FromMilliseconds(950));
    }

    [Fact]
    public async Task A_server_that_wants_a_long_wait_is_not_waited_for()
    {
        await using var server = await FakeApiServer.StartAsync(context =>
        {
            context.Response.Headers.RetryAfter = "60";
            return FakeApiServer.StatusAsync(context, 429, "too many requests");
        });
        using var client = ClientUnderTest.For(server.Address);

        var failure = await Should.ThrowAsync<KubernetesException>(() => GetAsync(client));

        failure.Failure.ShouldBe(KubernetesFailure.Throttled);
        failure.RetryAfter.ShouldBe(TimeSpan.FromSeconds(60));
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_write_is_sent_once_and_a_dry_run_may_be_sent_again()
    {
        await using var server = await FakeApiServer.StartAsync(context => FakeApiServer.StatusAsync(context, 503, "not now"));
        using var client = ClientUnderTest.For(server.Address);
        Task WriteAsync(bool dryRun) => client.Client.PatchAsync(
            ApiResource.ConfigMaps, "web", PatchKind.Merge, new JsonObject(), new WriteOptions { DryRun = dryRun }, CancellationToken.None);

        await Should.ThrowAsync<KubernetesException>(() => WriteAsync(dryRun: false));
        server.Requests.Count.ShouldBe(1);
        await Should.ThrowAsync<KubernetesException>(() => WriteAsync(dryRun: true));
        server.Requests.Count.ShouldBe(5);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_in_time_is_a_timeout()
    {
        await using var server = await FakeApiServer.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        using var client = ClientUnderTest.For(server.Address);
        var request = ApiRequest.Get("version") with { Timeout = TimeSpan.FromMilliseconds(200) };

        var failure = await Should.ThrowAsync<KubernetesException>(() => client.Transport.SendAsync(request, static (_, _) => ValueTask.FromResult(0), CancellationToken.None));

        failure.Failure.ShouldBe(KubernetesFailure.Timeout);
    }

    [Fact]
    public async Task A_body_that_stalls_is_a_timeout_too()
    {
        await using var server = await FakeApiServer.StartAsync(async context =>
        {
            await context.Response.WriteAsync("{");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var client = ClientUnderTest.For(server.Address);
        var request = ApiRequest.Get("version") with { Timeout = TimeSpan.FromMilliseconds(300) };

        var failure = await Should.ThrowAsync<KubernetesException>(() => client.Transport.SendAsync(
            request, static (answer, token) => NamespaceClient.ParseAsync(answer.Body, KubernetesJson.Default.VersionInfo, token), CancellationToken.None));

        failure.Failure.ShouldBe(KubernetesFailure.Timeout);
    }

    [Fact]
    public async Task A_cancelled_call_ends_its_request()
    {
        var aborted = new TaskCompletionSource();
        var arrived = new TaskCompletionSource();
        await using var server = await FakeApiServer.StartAsync(async context =>
        {
            context.RequestAborted.Register(aborted.SetResult);
            arrived.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var client = ClientUnderTest.For(server.Address);
        using var cancellation = new CancellationTokenSource();

        var call = client.Client.GetAsync(ApiResource.ConfigMaps, "web", KubernetesJson.Default.ConfigMap, cancellation.Token);
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => call);
        await aborted.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_listing_whose_continue_token_expired_starts_over_and_counts_nothing_twice()
    {
        var expired = false;
        await using var server = await FakeApiServer.StartAsync(context =>
        {
            var token = context.Request.Query["continue"].ToString();
            if (token == "second" && !expired)
            {
                expired = true;
                return FakeApiServer.StatusAsync(context, 410, "The provided continue parameter is too old", "Expired");
            }

            return FakeApiServer.JsonAsync(context, token == "second"
                ? """{ "metadata": {}, "items": [ { "metadata": { "name": "b" } } ] }"""
                : """{ "metadata": { "continue": "second" }, "items": [ { "metadata": { "name": "a" } } ] }""");
        });
        using var client = ClientUnderTest.For(server.Address);

        var listing = await client.Client.ListAsync(ApiResource.Services, ListQuery.All, KubernetesJson.Default.ObjectListService, CancellationToken.None);

        listing.Value.Select(service => service.Metadata.Name).ShouldBe(["a", "b"]);
        listing.IsComplete.ShouldBeTrue();
        server.Requests.Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_listing_that_never_ends_is_cut_and_says_so()
    {
        await using var server = await FakeApiServer.StartAsync(context =>
            FakeApiServer.JsonAsync(context, """{ "metadata": { "continue": "more" }, "items": [ {}, {}, {} ] }"""));
        using var client = ClientUnderTest.For(server.Address);

        var listing = await client.Client.ListAsync(ApiResource.Services, new ListQuery { MaxItems = 7 }, KubernetesJson.Default.ObjectListService, CancellationToken.None);

        listing.Value.Count.ShouldBe(7);
        listing.IsComplete.ShouldBeFalse();
    }

    [Fact]
    public async Task A_redirect_is_not_followed_so_that_the_token_stays_with_its_server()
    {
        await using var elsewhere = await FakeApiServer.StartAsync(context => FakeApiServer.JsonAsync(context, ConfigMap));
        await using var server = await FakeApiServer.StartAsync(context =>
        {
            context.Response.Redirect(new Uri(elsewhere.Address, "/stolen").ToString());
            return Task.CompletedTask;
        });
        using var client = ClientUnderTest.For(server.Address);

        await Should.ThrowAsync<KubernetesException>(() => GetAsync(client));

        elsewhere.Requests.ShouldBeEmpty();
    }

    private static Task<ConfigMap> GetAsync(ClientUnderTest client) =>
        client.Client.GetAsync(ApiResource.ConfigMaps, "web", KubernetesJson.Default.ConfigMap, CancellationToken.None);
}
