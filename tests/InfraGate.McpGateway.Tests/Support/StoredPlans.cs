using InfraGate.Plans;
using InfraGate.Plans.Approval;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Sealing;
using InfraGate.Plans.Storage;
using InfraGate.RealParts.Waiting;
using Microsoft.Extensions.DependencyInjection;

namespace InfraGate.McpGateway.Tests.Support;

/// <summary>Puts plans into a gateway's store as the server would, and lets people decide on them as the pages would.</summary>
internal static class StoredPlans
{
    /// <summary>A plan to scale a Deployment, for a subject.</summary>
    public static PlanContent Scale(DateTimeOffset now, string subject = "alice", TimeSpan? lifetime = null, string? owner = null) => new()
    {
        Id = PlanId.New(now),
        Cluster = "demo",
        Namespace = "mcp-nginx-demo",
        Operation = PlanOperation.Scale,
        Requester = new Requester(subject, "Name of " + subject, "test-client", Owner: owner),
        CreatedAt = now,
        ExpiresAt = now + (lifetime ?? TimeSpan.FromHours(1)),
        Intent = new PlanIntent("request_scale_deployment", """{"name":"nginx-demo","namespace":"mcp-nginx-demo","replicas":3}""", Manifest: null, ManifestView: null),
        Impact = new PlanImpact("Deployment/nginx-demo goes from 1 Pod to 3 Pods.", [new ImpactFigure("Deployment/nginx-demo", "replicas", 1, 3)]),
        Targets =
        [
            new PlanTarget
            {
                ApiVersion = "apps/v1",
                Kind = "Deployment",
                Name = "nginx-demo",
                Change = TargetChange.Update,
                Uid = "7d3c1c3e-0000-4000-8000-000000000001",
                Fingerprint = PlanDigest.Of("""{"spec":{"replicas":1}}"""u8).Value,
                DryRunFingerprint = PlanDigest.Of("""{"spec":{"replicas":3}}"""u8).Value,
                Request = new PlannedRequest("PATCH", "/apis/apps/v1/namespaces/mcp-nginx-demo/deployments/nginx-demo", "fieldManager=infragate", "application/merge-patch+json", "{}", "{}"),
                Live = """{"spec":{"replicas":1}}""",
                DryRun = """{"spec":{"replicas":3}}""",
                BeforeView = """{"spec":{"replicas":1}}""",
                AfterView = """{"spec":{"replicas":3}}""",
            },
        ],
        Findings = [],
    };

    public static Task<Plan> AddAsync(this IPlanStore store, PlanContent content) => store.AddAsync(content, content.Id.Value);

    public static IPlanStore Store(this GatewayUnderTest gateway) => gateway.Services.GetRequiredService<IPlanStore>();

    public static Task<Plan> AddPlanAsync(this GatewayUnderTest gateway, string subject = "alice", TimeSpan? lifetime = null, string? owner = null) =>
        gateway.Store().AddAsync(Scale(gateway.Services.GetRequiredService<TimeProvider>().GetUtcNow(), subject, lifetime, owner));

    /// <summary>Waits until a call has asked for a human.</summary>
    public static Task ChallengeIssuedAsync(this GatewayUnderTest gateway, Plan plan) => Eventually.TrueAsync(async () =>
        (await gateway.Store().SearchAuditAsync(new AuditQuery { Plan = plan.Id })).Any(entry => entry.Action == AuditActions.ChallengeIssued));

    /// <summary>The person decides at the desk.</summary>
    public static async Task DecideAsync(this GatewayUnderTest gateway, Plan plan, Verdict verdict)
    {
        var desk = gateway.Services.GetRequiredService<IApprovalDesk>();
        var person = new Approver("alice", "Alice", []);
        var review = (await desk.ReviewAsync(plan.Id, person))!;
        var result = await desk.DecideAsync(new DecisionRequest
        {
            Plan = plan.Id,
            Digest = plan.Digest.Value,
            PolicyVersion = review.PolicyVersion,
            Approver = person,
            Verdict = verdict,
            Reason = "Because.",
        });
        result.Accepted.ShouldBeTrue(result.Message);
    }
}
