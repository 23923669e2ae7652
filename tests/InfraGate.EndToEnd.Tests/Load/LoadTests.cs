using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using InfraGate.EndToEnd.Tests.People;
using InfraGate.Quickstart.Processes;
using InfraGate.RealParts.Waiting;
using Xunit.Abstractions;

namespace InfraGate.EndToEnd.Tests.Load;

/// <summary>2,000 open sessions and 64 callers at once, on the gateway and the server as processes: every answer is the right one, and memory comes back.</summary>
[Collection(UnderLoad.Name)]
public sealed class LoadTests(LoadGateway stack, ITestOutputHelper output)
{
    private const int Sessions = 2_000;
    private const int Callers = 64;
    private const int Kills = 10;

    private static readonly string[] s_kinds = ["Deployment", "Service", "ConfigMap"];
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_memoryDeadline = TimeSpan.FromMinutes(2);
    private static readonly string[] s_codesOfAnOutage = ["cluster_unavailable"];

    [Fact]
    public async Task A_minute_of_64_callers_over_2000_sessions_loses_and_crosses_no_answer_gives_the_memory_back_and_survives_ten_kills()
    {
        using var sessions = await LoadSessions.OpenAsync(stack.Gateway.Endpoint, await stack.TokenAsync(Person.Alice), Sessions);
        var namespaces = Enumerable.Range(0, LoadGateway.Namespaces).Select(_ => stack.TakeNamespace()).ToList();

        // The code that answers is loaded and compiled before memory at rest means anything.
        await RunAsync(sessions, namespaces, TimeSpan.FromSeconds(5));
        var resting = Memory();
        var calm = await RunAsync(sessions, namespaces, s_minute);
        var busiest = Memory();
        calm.Errors.ShouldBeEmpty();
        output.WriteLine($"{calm.Answers} answers in a minute; resident MiB: {Mebibytes(resting)} at rest, {Mebibytes(busiest)} at the end of the minute");
        var after = await Eventually.GetAsync(() => Task.FromResult(Memory()), memory => memory <= resting * 1.2, s_memoryDeadline);
        output.WriteLine($"{Mebibytes(after)} MiB when it had come back");

        var killed = await RunAsync(sessions, namespaces, KillAsync);
        output.WriteLine($"{killed.Answers} answers and {killed.Errors.Count} coded errors during {Kills} kills");
        killed.Errors.Where(code => !s_codesOfAnOutage.Contains(code)).ShouldBeEmpty();
        (await RunAsync(sessions, namespaces, TimeSpan.FromSeconds(2))).Errors.ShouldBeEmpty();
    }

    private static long Mebibytes(long bytes) => bytes / (1024 * 1024);

    private long Memory() => stack.Gateway.Process.ResidentBytes;

    private static async Task<(int Answers, IReadOnlyCollection<string> Errors)> RunAsync(LoadSessions sessions, IReadOnlyList<string> namespaces, TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
        return await RunAsync(sessions, namespaces, () => watch.Elapsed > time);
    }

    private static async Task<(int Answers, IReadOnlyCollection<string> Errors)> RunAsync(LoadSessions sessions, IReadOnlyList<string> namespaces, Func<Task> during)
    {
        var disturbance = during();
        var result = await RunAsync(sessions, namespaces, () => disturbance.IsCompleted);
        await disturbance;
        return result;
    }

    /// <summary>Every caller goes through its own sessions and asks for another object each time, so that an answer meant for another caller shows.</summary>
    private static async Task<(int Answers, IReadOnlyCollection<string> Errors)> RunAsync(LoadSessions sessions, IReadOnlyList<string> namespaces, Func<bool> isOver)
    {
        var answers = 0;
        var errors = new ConcurrentQueue<string>();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            for (var round = 0; !isOver(); round++)
            {
                var session = caller + (Callers * round);
                if (await sessions.AskAsync(session, namespaces[(caller + round) % namespaces.Count], s_kinds[(caller + (round / namespaces.Count)) % s_kinds.Length]) is { } code)
                    errors.Enqueue(code);
                else
                    Interlocked.Increment(ref answers);
            }
        }));
        return (answers, errors);
    }

    /// <summary>SIGKILL for the server, ten times; each time readiness turns red and then green again.</summary>
    private async Task KillAsync()
    {
        using var http = new HttpClient { BaseAddress = stack.Gateway.Address };
        for (var kill = 0; kill < Kills; kill++)
        {
            var victim = ProcessTree.ChildrenOf(stack.Gateway.Process.Pid).ShouldHaveSingleItem();
            stack.Gateway.KillServer();
            await Eventually.TrueAsync(async () => await IsReadyAsync(http) is false);
            await Eventually.TrueAsync(() => IsReadyAsync(http), TimeSpan.FromSeconds(60));
            ProcessTree.ChildrenOf(stack.Gateway.Process.Pid).ShouldNotContain(victim);
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient http)
    {
        using var answer = await http.GetAsync(new Uri("/readyz", UriKind.Relative));
        return answer.StatusCode == HttpStatusCode.OK;
    }
}
