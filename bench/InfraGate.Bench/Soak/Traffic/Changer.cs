using System.Text.Json;
using InfraGate.Bench.Approvals;
using InfraGate.Bench.Beds;
using InfraGate.Bench.Mcp;
using InfraGate.Quickstart;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.Waiting;

namespace InfraGate.Bench.Soak.Traffic;

/// <summary>Plans, has approved and applies changes of one Deployment that nobody else changes, each to an image that no other plan names.</summary>
internal sealed class Changer(McpConnection agent, SoakBed bed, int deployment, AnswerBook answers, Ledger ledger) : IActor
{
    // Covers the API server's restart, during which nothing can be read back.
    private static readonly TimeSpan ReadBackDeadline = TimeSpan.FromSeconds(60);

    private readonly ChangeStory _story = new(agent, BenchPerson.Alice);
    private readonly string _name = BareObjects.DeploymentName(deployment);
    private int _turn;

    public async Task ActAsync(CancellationToken cancellationToken)
    {
        var tag = $"7.{deployment}.{_turn++}";
        var arguments = ChangeStory.ImageArguments(bed.Namespace, _name, BareObjects.Container, tag);
        var planned = answers.Record(await agent.CallAsync("request_set_deployment_image", arguments, cancellationToken));
        if (!planned.IsOk)
            return;
        var plan = planned.Structured.GetProperty("planId").GetString()!;
        var image = "registry.example/shop/service:" + tag;
        ledger.Planned(plan, _name, image);
        if (!await ApproveAsync(plan, cancellationToken))
            return;
        var applied = answers.Record(await _story.CallApplyAsync(plan, cancellationToken));
        if (!applied.IsOk)
            return;
        ledger.Applied(plan);
        if (await ImageInClusterAsync(cancellationToken) != image)
            ledger.MissingInCluster(plan);
    }

    public ValueTask DisposeAsync()
    {
        _story.Dispose();
        return agent.DisposeAsync();
    }

    private async Task<bool> ApproveAsync(string plan, CancellationToken cancellationToken)
    {
        var asked = answers.Record(await _story.CallApplyAsync(plan, cancellationToken));
        if (asked.Code != "approval_required" || !asked.Structured.GetProperty("error").GetProperty("details").TryGetProperty("approvalUrl", out JsonElement link))
            return false;
        try
        {
            await _story.ApproveAsync(plan, new Uri(link.GetString()!), cancellationToken);
        }
        catch (Exception refused) when (refused is BenchException or QuickstartException)
        {
            // While the disk is full or the server is away a page says so; the plan then counts as not approved, whatever became of it.
            answers.Count("page without approval");
            return false;
        }
        ledger.Approved(plan);
        return true;
    }

    private async Task<string> ImageInClusterAsync(CancellationToken cancellationToken)
    {
        var path = KubePath.Deployment(bed.Namespace, _name);
        var live = await Eventually.GetAsync(() => TryReadAsync(path, cancellationToken), static found => found is not null, ReadBackDeadline, cancellationToken);
        return (string)live!["spec"]!["template"]!["spec"]!["containers"]![0]!["image"]!;
    }

    private async Task<System.Text.Json.Nodes.JsonObject?> TryReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await bed.Cluster.Admin.GetAsync(path, cancellationToken);
        }
        catch (Exception away) when (away is HttpRequestException or KubeApiException)
        {
            return null;
        }
    }
}
