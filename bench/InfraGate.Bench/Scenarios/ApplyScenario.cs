using System.Diagnostics;
using InfraGate.Bench.Approvals;
using InfraGate.Bench.Beds;
using InfraGate.Bench.Load;

namespace InfraGate.Bench.Scenarios;

/// <summary>The latency of applying approved plans, each approved by a person before, beside the two calls that an apply needs at least.</summary>
internal static class ApplyScenario
{
    private const int Deployment = 1;

    /// <summary>Plans, approves and applies one after the other; only the apply is timed.</summary>
    public static async Task<IReadOnlyList<LoadResult>> RunAsync(Bed bed)
    {
        await using var agent = await bed.OpenSessionAsync();
        using var story = new ChangeStory(agent, BenchPerson.Alice);
        var floor = new ReadAndPatchWorker(bed.Api, bed.Medium, BareObjects.DeploymentName(Deployment + 1), dryRun: false);
        var (ours, theirs) = (new List<double>(), new List<double>());
        var cpu = new CpuMeter(bed.Gateway.Processes());
        for (var i = -bed.Plan.WarmUpApplies; i < bed.Plan.Applies; i++)
        {
            var plan = await story.PlanAsync(ChangeStory.ImageArguments(bed.Medium, BareObjects.DeploymentName(Deployment), BareObjects.Container, $"2.0.{i + bed.Plan.WarmUpApplies}"));
            await story.ApproveAsync(plan);
            if (i < 0)
            {
                await story.ApplyAsync(plan);
                await TimeAsync(floor);
                continue;
            }
            cpu.Start();
            ours.Add((await story.ApplyAsync(plan)).TotalMilliseconds);
            cpu.Stop();
            theirs.Add(await TimeAsync(floor));
        }
        return [Result("InfraGate", ours, cpu), Result("GET and PATCH", theirs, new CpuMeter([]))];
    }

    private static async Task<double> TimeAsync(ReadAndPatchWorker floor)
    {
        var start = Stopwatch.GetTimestamp();
        var outcome = await floor.CallAsync(CancellationToken.None);
        return outcome.Problem is null ? Stopwatch.GetElapsedTime(start).TotalMilliseconds : throw new BenchException(outcome.Problem);
    }

    private static LoadResult Result(string subject, List<double> milliseconds, CpuMeter cpu)
    {
        var latencies = new Latencies(milliseconds);
        return new LoadResult
        {
            Scenario = ScenarioNames.Apply,
            Subject = subject,
            Workers = 1,
            Calls = milliseconds.Count,
            Errors = 0,
            Seconds = milliseconds.Sum() / 1000,
            P50 = latencies.At(0.50),
            P95 = latencies.At(0.95),
            P99 = latencies.At(0.99),
            BytesPerAnswer = 0,
            CpuSecondsPerThousand = cpu.PerThousand(milliseconds.Count),
            ResidentMiB = cpu.ResidentMiB(),
        };
    }
}
