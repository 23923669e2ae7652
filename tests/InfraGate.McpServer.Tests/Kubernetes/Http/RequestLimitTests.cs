using InfraGate.McpServer.Kubernetes.Http;
using InfraGate.McpServer.Tests.Support;

namespace InfraGate.McpServer.Tests.Kubernetes.Http;

public sealed class RequestLimitTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task What_does_not_count_takes_nothing_from_the_time_that_is_left()
    {
        using var limit = new RequestLimit(TimeSpan.FromSeconds(15), _time);
        var credential = new TaskCompletionSource<string>();
        _time.Advance(TimeSpan.FromSeconds(5));

        var uncounted = limit.UncountedAsync(new ValueTask<string>(credential.Task));
        _time.Advance(TimeSpan.FromMinutes(1));
        limit.Token.IsCancellationRequested.ShouldBeFalse();
        credential.SetResult("token");
        (await uncounted).ShouldBe("token");

        _time.Advance(TimeSpan.FromSeconds(9));
        limit.Token.IsCancellationRequested.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));
        limit.Token.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_there_already_leaves_the_limit_as_it_is()
    {
        using var limit = new RequestLimit(TimeSpan.FromSeconds(15), _time);

        (await limit.UncountedAsync(ValueTask.FromResult("token"))).ShouldBe("token");

        _time.Advance(TimeSpan.FromSeconds(15));
        limit.Token.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public async Task Time_runs_on_after_a_failure_of_what_does_not_count()
    {
        using var limit = new RequestLimit(TimeSpan.FromSeconds(15), _time);
        var credential = new TaskCompletionSource<string>();
        var uncounted = limit.UncountedAsync(new ValueTask<string>(credential.Task));

        credential.SetException(new InvalidOperationException("no token"));
        await Should.ThrowAsync<InvalidOperationException>(async () => await uncounted);

        _time.Advance(TimeSpan.FromSeconds(15));
        limit.Token.IsCancellationRequested.ShouldBeTrue();
    }
}
