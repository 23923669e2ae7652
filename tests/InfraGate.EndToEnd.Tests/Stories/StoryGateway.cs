using InfraGate.EndToEnd.Tests.People;
using InfraGate.EndToEnd.Tests.Gateways;
using InfraGate.RealParts.Clusters;

namespace InfraGate.EndToEnd.Tests.Stories;

/// <summary>
/// A stack in which one namespace's plans live for the shortest time that a policy allows, and in which two of them have been running out since the start:
/// one that nobody decided on and one that was approved. Whoever needs them expired waits for what is left of that minute.
/// </summary>
public abstract class StoryGateway(IClusterUnderTest cluster) : GatewayUnderTest(cluster, namespaces: 19)
{
    /// <summary>The namespace of the two plans that run out.</summary>
    public string ShortLivedNamespace { get; private set; } = "";

    /// <summary>Nobody decides on it.</summary>
    public string UndecidedPlan { get; private set; } = "";

    /// <summary>Approved while it could be.</summary>
    public string ApprovedPlan { get; private set; } = "";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        try
        {
            await using var agent = await OpenSessionAsync(Person.Alice);
            UndecidedPlan = await agent.PlanImageAsync(ShortLivedNamespace, "nginxinc/nginx-unprivileged:1.27.4");
            ApprovedPlan = await agent.PlanAsync("request_scale_deployment", ("namespace", ShortLivedNamespace), ("name", "nginx-demo"), ("replicas", 3));
            using var alice = new WireApprover(Person.Alice);
            await alice.ApproveAsync((await agent.ApplyAsync(ApprovedPlan)).ApprovalLink);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    protected override IReadOnlyDictionary<string, string?> ConfigureGateway()
    {
        ShortLivedNamespace = TakeNamespace();
        var policy = WriteFile("policy.yaml", $"""
            version: 1
            rules:
            - namespaces: [{ShortLivedNamespace}]
              planLifetime: 1m

            """);
        return new Dictionary<string, string?> { ["K8S_MCP_POLICY_FILE"] = policy, ["K8S_MCP_ROLLOUT_WAIT_SECONDS"] = "15" };
    }
}
