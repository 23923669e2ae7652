using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using InfraGate.ApprovalUi.Diff;
using InfraGate.Plans;
using InfraGate.Plans.Findings;
using InfraGate.Plans.Sealing;

namespace InfraGate.ApprovalUi.Tests.Support;

/// <summary>Plans as the planner makes them, one of each operation, for a requester at a time.</summary>
internal sealed class PlanSamples(TimeProvider time, Person requester, TimeSpan? lifetime = null)
{
    public const string ServerConfiguration = "server {\n  listen 80;\n  location / {\n    root /usr/share/nginx/html;\n  }\n}\n";

    public PlanContent Scale(int from = 1, int to = 3) => Plan(
        PlanOperation.Scale,
        new PlanIntent("request_scale_deployment", $$"""{"name":"nginx-demo","namespace":"mcp-nginx-demo","replicas":{{to}}}""", Manifest: null, ManifestView: null),
        $"Deployment/nginx-demo goes from {Pods(from)} to {Pods(to)}.",
        [Figure("Deployment/nginx-demo", "replicas", from, to)],
        [Patch(Manifests.Deployment(replicas: from), Manifests.Deployment(replicas: to), new JsonObject { ["spec"] = new JsonObject { ["replicas"] = to } }.ToJsonString())],
        to == 0 ? [Finding(1, FindingCodes.ScaleToZero, FindingSeverity.Acknowledge, $"It runs no Pod afterwards; now it runs {from}.", "spec.replicas")] : []);

    public PlanContent Restart() => Plan(
        PlanOperation.Restart,
        new PlanIntent("request_restart_deployment", """{"name":"nginx-demo","namespace":"mcp-nginx-demo"}""", Manifest: null, ManifestView: null),
        "Deployment/nginx-demo replaces its 2 Pods one after the other.",
        [Figure("Deployment/nginx-demo", "replicas", 2, 2)],
        [
            Patch(
                Manifests.Deployment(replicas: 2),
                Manifests.Deployment(replicas: 2, restartedAt: "2026-11-20T10:15:00Z"),
                """{"spec":{"template":{"metadata":{"annotations":{"kubectl.kubernetes.io/restartedAt":"2026-11-20T10:15:00Z"}}}}}"""),
        ],
        [Finding(1, FindingCodes.RestartsPods, FindingSeverity.Info, "The change replaces the Pods of Deployment/nginx-demo.")]);

    public PlanContent SetImage(string image = "docker.io/library/nginx:1.27.4", params Finding[] findings) => Plan(
        PlanOperation.SetImage,
        new PlanIntent("request_set_deployment_image", new JsonObject { ["container"] = "nginx", ["image"] = image, ["name"] = "nginx-demo", ["namespace"] = Manifests.Namespace }.ToJsonString(), Manifest: null, ManifestView: null),
        $"Deployment/nginx-demo runs {image} in container nginx and replaces its 1 Pod.",
        [Figure("Deployment/nginx-demo", "replicas", 1, 1)],
        [Patch(Manifests.Deployment(), Manifests.Deployment(image: image), new JsonObject { ["spec"] = new JsonObject { ["template"] = image } }.ToJsonString())],
        findings);

    public PlanContent Delete() => Plan(
        PlanOperation.Delete,
        new PlanIntent("request_delete_manifest", """{"manifest":"…","namespace":"mcp-nginx-demo"}""", "kind: Deployment", "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: nginx-demo\n---\napiVersion: v1\nkind: Service\nmetadata:\n  name: nginx-demo\n"),
        "Deletes Deployment/nginx-demo, Service/nginx-demo and their 2 Pods.",
        [Figure("Deployment/nginx-demo", "replicas", 2, null), Figure("Service/nginx-demo", "ports", 1, null)],
        [Remove(Manifests.Deployment(replicas: 2), "apps/v1", "/apis/apps/v1/namespaces/mcp-nginx-demo/deployments/nginx-demo"), Remove(Manifests.Service(), "v1", "/api/v1/namespaces/mcp-nginx-demo/services/nginx-demo")],
        [
            Finding(1, FindingCodes.DeleteDependedOn, FindingSeverity.Acknowledge, "Service nginx-demo sends traffic to its Pods."),
            Finding(2, FindingCodes.DeletesObject, FindingSeverity.Warn, "Deployment/nginx-demo is deleted with its 2 Pods."),
        ]);

    /// <summary>A ConfigMap, a Deployment and a Service that do not exist yet.</summary>
    public PlanContent Create() => Apply(
        "Creates ConfigMap/nginx-config, Deployment/nginx-demo and Service/nginx-demo.",
        [
            Patch(before: null, Manifests.ConfigMap(("default.conf", ServerConfiguration)), Manifests.ConfigMap(("default.conf", ServerConfiguration)).ToJsonString()),
            Patch(before: null, Manifests.Deployment(replicas: 2), Manifests.Deployment(replicas: 2).ToJsonString()),
            Patch(before: null, Manifests.Service(), Manifests.Service().ToJsonString()),
        ],
        [Finding(1, FindingCodes.CreatesObject, FindingSeverity.Info, "Three objects that do not exist are made.")]);

    /// <summary>The same three changed: one value of the ConfigMap lives in the cluster and is a fingerprint, the Deployment loses fields of another manager.</summary>
    public PlanContent Update()
    {
        var deployment = Patch(Manifests.Deployment(replicas: 2), Manifests.Deployment(replicas: 3, image: "docker.io/library/nginx:1.27.4", cpuLimit: null), Manifests.Deployment(replicas: 3).ToJsonString());
        return Apply(
            "Changes ConfigMap/nginx-config, Deployment/nginx-demo and Service/nginx-demo; Deployment/nginx-demo replaces its Pods.",
            [
                Patch(Manifests.ConfigMap(("default.conf", "sha256:2cf24dba5fb0 (84 characters)")), Manifests.ConfigMap(("default.conf", ServerConfiguration)), Manifests.ConfigMap(("default.conf", ServerConfiguration)).ToJsonString()),
                deployment with { Conflicts = [new FieldConflict(".spec.replicas", "kubectl-client-side-apply"), new FieldConflict(".spec.template.spec.containers[name=\"nginx\"].image", "argocd-controller")] },
                Patch(Manifests.Service(), Manifests.Service(8080), Manifests.Service(8080).ToJsonString()),
            ],
            [
                Finding(1, FindingCodes.FieldConflict, FindingSeverity.Acknowledge, "argocd-controller owns .spec.template.spec.containers[name=\"nginx\"].image and loses it to this plan."),
                Finding(2, FindingCodes.NoLimits, FindingSeverity.Info, "Container nginx has no limit for cpu and memory.", "spec.template.spec.containers[name=nginx].resources.limits"),
            ]);
    }

    /// <summary>One finding of every severity that a plan can have, several of some.</summary>
    public PlanContent ManyFindings() => SetImage(
        "docker.io/library/nginx:latest",
        [
            Finding(1, FindingCodes.Privileged, FindingSeverity.Acknowledge, "Container nginx runs privileged: it can do on the node what root can.", "spec.template.spec.containers[name=nginx].securityContext.privileged"),
            Finding(2, FindingCodes.HostPath, FindingSeverity.Acknowledge, "The volume logs is the folder /var/log of the node.", "spec.template.spec.volumes[name=logs].hostPath"),
            Finding(3, FindingCodes.PlainSecret, FindingSeverity.Acknowledge, "The environment variable DATABASE_PASSWORD of container nginx looks like a credential in plain text; use a Secret and valueFrom."),
            Finding(4, FindingCodes.MutableImageTag, FindingSeverity.Warn, "The image of container nginx has the tag 'latest', which names no version: what runs can change without a plan."),
            Finding(5, FindingCodes.RunsAsRoot, FindingSeverity.Warn, "Container nginx runs as root."),
            Finding(6, FindingCodes.NoLimits, FindingSeverity.Info, "Container nginx has no limit for cpu and memory."),
            Finding(7, FindingCodes.RestartsPods, FindingSeverity.Info, "The change replaces the Pods of Deployment/nginx-demo."),
        ]);

    /// <summary>A ConfigMap of which that many lines change.</summary>
    public PlanContent ChangedLines(int lines)
    {
        JsonObject Map(string word) => Manifests.ConfigMap(("routes.conf", string.Concat(Enumerable.Range(1, lines / 2).Select(line => string.Create(CultureInfo.InvariantCulture, $"route-{line:000} /api/v1/resource-{line} {word}-{line}\n")))));
        return Apply("Changes ConfigMap/nginx-config.", [Patch(Map("old-upstream"), Map("new-upstream"), Map("new-upstream").ToJsonString())], []);
    }

    private PlanContent Apply(string sentence, IReadOnlyList<PlanTarget> targets, IReadOnlyList<Finding> findings) => Plan(
        PlanOperation.Apply,
        new PlanIntent("request_apply_manifest", """{"manifest":"…","namespace":"mcp-nginx-demo"}""", "kind: List", string.Join("---\n", targets.Select(target => YamlText.Of(target.AfterView!) + "\n"))),
        sentence,
        [.. targets.Select(target => Figure(target.Reference, target.Kind == "ConfigMap" ? "keys" : target.Kind == "Service" ? "ports" : "replicas", target.BeforeView is null ? null : 1, target.Kind == "Deployment" ? 3 : 1))],
        targets,
        findings);

    private PlanContent Plan(PlanOperation operation, PlanIntent intent, string sentence, IReadOnlyList<ImpactFigure> figures, IReadOnlyList<PlanTarget> targets, IReadOnlyList<Finding> findings)
    {
        var now = time.GetUtcNow();
        return new PlanContent
        {
            Id = PlanId.New(now),
            Cluster = "kind-demo (v1.33.2)",
            Namespace = Manifests.Namespace,
            Operation = operation,
            Requester = new Requester(requester.Subject, requester.Name, "https://client.example/codex.json", "Codex"),
            CreatedAt = now,
            ExpiresAt = now + (lifetime ?? TimeSpan.FromHours(1)),
            Intent = intent,
            Impact = new PlanImpact(sentence, figures),
            Targets = targets,
            Findings = findings,
        };
    }

    public static Finding Finding(int number, string code, FindingSeverity severity, string message, string? path = null) => new($"f{number}", code, severity, message, "Deployment/nginx-demo", path);

    private static ImpactFigure Figure(string target, string measure, int? before, int? after) => new(target, measure, before, after);

    private static string Pods(int count) => count == 1 ? "1 Pod" : $"{count} Pods";

    private static PlanTarget Patch(JsonObject? before, JsonObject after, string body)
    {
        var (version, kind, name) = ((string)after["apiVersion"]!, (string)after["kind"]!, (string)after["metadata"]!["name"]!);
        var root = version == "v1" ? "/api/v1" : "/apis/" + version;
        return new PlanTarget
        {
            ApiVersion = version,
            Kind = kind,
            Name = name,
            Change = before is null ? TargetChange.Create : TargetChange.Update,
            Uid = before is null ? null : "7d3c1c3e-0000-4000-8000-000000000001",
            Fingerprint = before is null ? null : FingerprintOf(before),
            DryRunFingerprint = FingerprintOf(after),
            Request = new PlannedRequest("PATCH", $"{root}/namespaces/{Manifests.Namespace}/{kind.ToLowerInvariant()}s/{name}", "fieldManager=infragate&fieldValidation=Strict", "application/apply-patch+yaml", body, body),
            Live = before?.ToJsonString(),
            DryRun = after.ToJsonString(),
            BeforeView = before?.ToJsonString(),
            AfterView = after.ToJsonString(),
        };
    }

    private static string FingerprintOf(JsonObject full) => PlanDigest.Of(Encoding.UTF8.GetBytes(CanonicalJson.ToText(full))).Value;

    private static PlanTarget Remove(JsonObject live, string version, string path) => new()
    {
        ApiVersion = version,
        Kind = (string)live["kind"]!,
        Name = (string)live["metadata"]!["name"]!,
        Change = TargetChange.Delete,
        Uid = "7d3c1c3e-0000-4000-8000-000000000001",
        Fingerprint = FingerprintOf(live),
        Request = new PlannedRequest("DELETE", path, "propagationPolicy=Background", ContentType: null, Body: null, BodyView: null),
        Live = live.ToJsonString(),
        BeforeView = live.ToJsonString(),
    };
}
