using System.Text;
using InfraGate.Plans.Findings;
using InfraGate.Plans.Sealing;

namespace InfraGate.Plans.Tests.Building;

/// <summary>Makes plan contents that are whole and ordinary unless a test says otherwise.</summary>
internal static class PlanBuilder
{
    public static readonly Requester Alice = new("alice", "Alice", "codex");

    public static PlanContent Scale(
        DateTimeOffset now,
        Requester? requester = null,
        string namespaceName = "mcp-nginx-demo",
        string name = "nginx-demo",
        int replicas = 3,
        TimeSpan? lifetime = null,
        params Finding[] findings) => new()
        {
            Id = PlanId.New(now),
            Cluster = "demo",
            Namespace = namespaceName,
            Operation = PlanOperation.Scale,
            Requester = requester ?? Alice,
            CreatedAt = now,
            ExpiresAt = now + (lifetime ?? TimeSpan.FromHours(1)),
            Intent = new PlanIntent("request_scale_deployment", $$"""{"name":"{{name}}","namespace":"{{namespaceName}}","replicas":{{replicas}}}""", Manifest: null, ManifestView: null),
            Impact = new PlanImpact($"Scales {name} from 1 to {replicas} replicas.", [new ImpactFigure($"Deployment/{name}", "replicas", 1, replicas)]),
            Targets = [Target(name, replicas)],
            Findings = findings,
        };

    public static PlanContent Delete(DateTimeOffset now, Requester? requester = null, string name = "nginx-demo") => Scale(now, requester, name: name) with
    {
        Operation = PlanOperation.Delete,
        Targets =
        [
            Target(name, 0) with
            {
                Change = TargetChange.Delete,
                DryRun = null,
                AfterView = null,
                DryRunFingerprint = null,
                Request = new PlannedRequest("DELETE", $"/apis/apps/v1/namespaces/mcp-nginx-demo/deployments/{name}", string.Empty, ContentType: null, Body: null, BodyView: null),
            },
        ],
    };

    public static Finding Finding(string id, FindingSeverity severity, string code = "mutable-image-tag") => new(id, code, severity, "A finding.", "Deployment/nginx-demo", Path: null);

    private static PlanTarget Target(string name, int replicas) => new()
    {
        ApiVersion = "apps/v1",
        Kind = "Deployment",
        Name = name,
        Change = TargetChange.Update,
        Uid = "7d3c1c3e-0000-4000-8000-000000000001",
        Fingerprint = PlanDigest.Of("""{"spec":{"replicas":1}}"""u8).Value,
        DryRunFingerprint = PlanDigest.Of(Encoding.UTF8.GetBytes($$$"""{"spec":{"replicas":{{{replicas}}}}}""")).Value,
        Request = new PlannedRequest(
            "PATCH",
            $"/apis/apps/v1/namespaces/mcp-nginx-demo/deployments/{name}",
            "fieldManager=infragate",
            "application/merge-patch+json",
            $$"""{"spec":{"replicas":{{replicas}} } }""",
            $$"""{"spec":{"replicas":{{replicas}} } }"""),
        Live = """{"spec":{"replicas":1}}""",
        DryRun = $$"""{"spec":{"replicas":{{replicas}} } }""",
        BeforeView = """{"spec":{"replicas":1}}""",
        AfterView = $$"""{"spec":{"replicas":{{replicas}} } }""",
        Changes = [new FieldChange("spec.replicas", FieldChangeKind.Changed, "1", replicas.ToString(), Masked: false)],
    };
}
