using System.Text.Json;
using System.Text.Json.Nodes;
using InfraGate.McpServer.Inspection;
using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Kubernetes.Models;
using InfraGate.McpServer.Planning.Objects;
using InfraGate.McpServer.Tools;
using InfraGate.Plans;

namespace InfraGate.McpServer.Execution;

/// <summary>Follows the rollouts that a plan set off, for a bounded time, and says how far they came. Under way is never called done.</summary>
internal sealed class RolloutWatch(NamespaceClient client, TimeSpan limit, TimeProvider time)
{
    public const string Complete = "complete";
    public const string Progressing = "progressing";
    public const string Stuck = "stuck";
    public const string Unknown = "unknown";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>How far a target's rollout was in the moment of its write, as the API server's answer to the write tells; null for what has none.</summary>
    public static RolloutReport? FirstLook(PlanTarget target, JsonObject? written) => RollsOut(target) && written?.Deserialize(KubernetesJson.Default.Deployment) is { } deployment
        ? Report(target.Reference, RolloutState.Of(deployment))
        : null;

    /// <summary>A Deployment's state in the words of a plan's outcome.</summary>
    public static RolloutReport Report(string target, RolloutState state) => state.State switch
    {
        RolloutState.Available => new(target, Complete, "all replicas are updated and available"),
        RolloutState.ScaledToZero => new(target, Complete, "no replica runs"),
        RolloutState.Stuck or RolloutState.Degraded or RolloutState.Paused => new(target, Stuck, state.Reason ?? state.State),
        _ => new(target, Progressing, state.Reason ?? "under way"),
    };

    /// <param name="plan">What was applied.</param>
    /// <param name="seen">What the writes' answers told; a plan's rollouts are read again unless it covers all of them.</param>
    /// <param name="progress">Told of every change.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    public async Task<IReadOnlyList<RolloutReport>> FollowAsync(
        PlanContent plan, IReadOnlyList<RolloutReport> seen, IProgress<ToolProgress> progress, CancellationToken cancellationToken)
    {
        var names = plan.Targets.Where(RollsOut).Select(target => target.Name).ToArray();
        var reports = seen.Count == names.Length ? seen : await LookAsync(names, cancellationToken);
        var started = time.GetTimestamp();
        var step = 0;
        string? said = null;
        while (true)
        {
            var open = reports.Where(report => report.State == Progressing).ToArray();
            if (open.Length == 0 || time.GetElapsedTime(started) + Pause > limit)
            {
                return reports;
            }

            var now = string.Join("; ", open.Select(report => $"{report.Target}: {report.Detail}"));
            if (now != said)
            {
                progress.Report(new ToolProgress(++step, Total: null, now));
                said = now;
            }

            await Task.Delay(Pause, time, cancellationToken);
            reports = await LookAsync(names, cancellationToken);
        }
    }

    private static bool RollsOut(PlanTarget target) => target.Kind == ObjectKind.Deployment.Name && (target.Change is TargetChange.Create or TargetChange.Update);

    private async Task<IReadOnlyList<RolloutReport>> LookAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var reports = new List<RolloutReport>();
        foreach (var name in names)
        {
            var target = $"{ObjectKind.Deployment.Name}/{name}";
            try
            {
                reports.Add(Report(target, RolloutState.Of(await client.GetAsync(ApiResource.Deployments, name, KubernetesJson.Default.Deployment, cancellationToken))));
            }
            catch (KubernetesException failure)
            {
                reports.Add(new RolloutReport(target, Unknown, $"its state could not be read: {failure.Message}"));
            }
        }

        return reports;
    }
}
