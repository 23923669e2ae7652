using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using InfraGate.Plans;
using InfraGate.Plans.Approval;
using InfraGate.Plans.Grants;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Policy;
using InfraGate.Plans.Storage;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.Files;
using ModelContextProtocol.Protocol;

namespace InfraGate.McpServer.Tests.Support;

/// <summary>
/// A server as a gateway launches it, in front of a real cluster and a real store, and the gateway's side of an approval: its key, its desk, a human who ticks
/// what is to be ticked.
/// </summary>
internal sealed class ChangeBench : IAsyncDisposable
{
    public const string Requester = "alice";

    private readonly TemporaryFolder _root = TemporaryFolder.CreateInMemory("approvals");
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ApprovalDesk _desk;

    private ChangeBench(IClusterUnderTest cluster, string ns, string kubeconfig, TimeProvider time, string? policy, (string Name, string Value)[] environment)
    {
        Cluster = cluster;
        Namespace = ns;
        Store = PlanStores.Open(new PlanStoreSettings { ApprovalRoot = _root.Path }, time);
        Signer = new GrantSigner(_key, time);
        var policyFile = policy is null ? null : _root.Write("policy.yaml", policy);
        _desk = new ApprovalDesk(Store, PolicyFile.Open(policyFile), Signer, new DecisionSigner(_key), time);
        (string, string)[] own =
        [
            ("K8S_MCP_APPROVAL_ROOT", _root.Path),
            ("INFRA_GATE_GATEWAY_PID", Environment.ProcessId.ToString()),
            ("INFRA_GATE_GRANT_PUBLIC_KEY", PublicKey),
            ("K8S_MCP_ROLLOUT_WAIT_SECONDS", "0"),
        ];
        var variables = own.Concat(environment).Concat(policyFile is null ? [] : [("K8S_MCP_POLICY_FILE", policyFile)])
            .GroupBy(variable => variable.Item1).Select(variable => (variable.Key, variable.Last().Item2)).ToArray();
        Variables = variables;
        Server = ServerUnderTest.Start(kubeconfig, ns, time, variables);
    }

    public IClusterUnderTest Cluster { get; }

    public string Namespace { get; }

    public IPlanStore Store { get; }

    public GrantSigner Signer { get; }

    public ServerUnderTest Server { get; }

    public string ApprovalRoot => _root.Path;

    public ECDsa Key => _key;

    public string PublicKey => Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo());

    public IReadOnlyList<(string Name, string Value)> Variables { get; }

    public static async Task<ChangeBench> StartAsync(
        IClusterUnderTest cluster,
        string? ns = null,
        string? kubeconfig = null,
        TimeProvider? time = null,
        string? policy = null,
        params (string Name, string Value)[] environment)
    {
        ns ??= await cluster.NewNamespaceAsync("change");
        var bench = new ChangeBench(cluster, ns, kubeconfig ?? cluster.KubeconfigPath, time ?? TimeProvider.System, policy, environment);
        await bench.Store.InitializeAsync();
        return bench;
    }

    public static JsonObject CallerMeta(string subject = Requester, params string[] groups) => new()
    {
        ["infragate.dev/caller"] = new JsonObject { ["subject"] = subject, ["name"] = subject, ["client"] = "tests", ["groups"] = new JsonArray([.. groups.Select(group => JsonValue.Create(group))]), ["scopes"] = new JsonArray(), ["namespaces"] = null },
    };

    public Task<CallToolResult> CallAsync(string tool, JsonObject arguments, string subject = Requester) => Server.CallAsync(tool, arguments, CallerMeta(subject));

    /// <summary>The arguments with this bench's namespace.</summary>
    public JsonObject In(params (string Name, JsonNode? Value)[] arguments)
    {
        var result = new JsonObject { ["namespace"] = Namespace };
        foreach (var (name, value) in arguments)
        {
            result[name] = value;
        }

        return result;
    }

    /// <summary>A plan that was made; the call must succeed.</summary>
    public async Task<Plan> PlanAsync(string tool, JsonObject arguments)
    {
        var result = await CallAsync(tool, arguments);
        (result.IsError ?? false).ShouldBeFalse(ServerUnderTest.Text(result));
        var id = PlanId.Parse(result.StructuredContent!.Value.GetProperty("planId").GetString()!);
        return (await Store.FindAsync(id))!;
    }

    /// <summary>The error of a call that must be refused.</summary>
    public async Task<JsonElement> RefusalAsync(string tool, JsonObject arguments, string subject = Requester)
    {
        var result = await CallAsync(tool, arguments, subject);
        (result.IsError ?? false).ShouldBeTrue(ServerUnderTest.Text(result));
        return result.StructuredContent!.Value.GetProperty("error");
    }

    public Task<Plan> PlanScaleAsync(int replicas, string name = "nginx-demo") => PlanAsync("request_scale_deployment", In(("name", name), ("replicas", replicas)));

    public Task<Plan> PlanManifestAsync(string manifest) => PlanAsync("request_apply_manifest", In(("manifest", manifest)));

    /// <summary>Somebody edits the policy, which takes effect at the next question.</summary>
    public Task SetPolicyAsync(string policy) => File.WriteAllTextAsync(_root.File("policy.yaml"), policy);

    /// <summary>Three replicas by a manifest, while another manager owns their number: applied with force.</summary>
    public Task<Plan> PlanForcedScaleAsync() => PlanManifestAsync("""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: nginx-demo}
        spec:
          replicas: 3
          selector: {matchLabels: {app.kubernetes.io/name: nginx-demo}}
          template:
            metadata: {labels: {app.kubernetes.io/name: nginx-demo}}
            spec:
              containers:
              - name: nginx
                image: nginxinc/nginx-unprivileged:1.27.4
        """);

    /// <summary>A human approves, ticking everything.</summary>
    public async Task ApproveAsync(Plan plan)
    {
        var approver = new Approver(Requester, "Alice", []);
        var review = (await _desk.ReviewAsync(plan.Id, approver))!;
        var decision = await _desk.DecideAsync(new DecisionRequest
        {
            Plan = plan.Id,
            Digest = plan.Digest.Value,
            PolicyVersion = review.PolicyVersion,
            Approver = approver,
            Verdict = Verdict.Approve,
            Acknowledged = [.. plan.ToAcknowledge.Select(finding => finding.Id)],
            RetypedName = review.NameToRetype,
        });
        decision.Accepted.ShouldBeTrue(decision.Message);
    }

    public async Task DenyAsync(Plan plan, string reason)
    {
        var approver = new Approver(Requester, "Alice", []);
        var review = (await _desk.ReviewAsync(plan.Id, approver))!;
        var decision = await _desk.DecideAsync(new DecisionRequest
        {
            Plan = plan.Id, Digest = plan.Digest.Value, PolicyVersion = review.PolicyVersion, Approver = approver, Verdict = Verdict.Deny, Reason = reason,
        });
        decision.Accepted.ShouldBeTrue(decision.Message);
    }

    public Task<CallToolResult> ApplyAsync(Plan plan, string subject = Requester) => CallAsync("apply_approved_plan", new JsonObject { ["planId"] = plan.Id.Value }, subject);

    /// <summary>The outcome of an apply that must succeed.</summary>
    public async Task<JsonElement> AppliedAsync(Plan plan)
    {
        var result = await ApplyAsync(plan);
        (result.IsError ?? false).ShouldBeFalse(ServerUnderTest.Text(result));
        result.StructuredContent!.Value.GetProperty("status").GetString().ShouldBe("applied");
        return result.StructuredContent!.Value;
    }

    /// <summary>The code of an apply that must be refused.</summary>
    public async Task<string> ApplyRefusalAsync(Plan plan, string subject = Requester)
    {
        var result = await ApplyAsync(plan, subject);
        (result.IsError ?? false).ShouldBeTrue(ServerUnderTest.Text(result));
        return result.StructuredContent!.Value.GetProperty("error").GetProperty("code").GetString()!;
    }

    public async Task<PlanStatus> StatusAsync(Plan plan) => (await Store.FindAsync(plan.Id))!.Status;

    public Task<JsonObject> DeploymentAsync(string name = "nginx-demo") => Cluster.Admin.GetAsync(KubePath.Deployment(Namespace, name));

    /// <summary>How many writes reached the API server in this bench's namespace.</summary>
    public Task<int> WritesAsync() => Cluster.CountWritesAsync(Namespace);

    public ValueTask DisposeAsync()
    {
        Server.Dispose();
        _key.Dispose();
        _root.Dispose();
        return ValueTask.CompletedTask;
    }
}
