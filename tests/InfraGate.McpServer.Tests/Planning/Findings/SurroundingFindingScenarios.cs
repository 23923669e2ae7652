using System.Text.Json.Nodes;
using InfraGate.McpServer.Tests.Support;
using InfraGate.Plans.Findings;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.Faults;
using InfraGate.RealParts.Waiting;

namespace InfraGate.McpServer.Tests.Planning.Findings;

/// <summary>Findings that depend on what runs already, on what else is in the namespace and on the policy.</summary>
public abstract class SurroundingFindingScenarios(IClusterUnderTest cluster)
{
    // Even where every field is owned, server-side apply leaves the empty probe behind.
    private const string Probe = "{httpGet: {path: /, port: 8080, scheme: HTTP}, timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3}";

    [Fact]
    [Finds(FindingCodes.ScaleToZero, FindingCodes.ScaleAgainstAutoscaler)]
    public async Task Scaling_to_nothing_and_against_an_autoscaler_is_found()
    {
        await using var bench = await ChangeBench.StartAsync(cluster);
        await cluster.Admin.ApplyAsync(Workloads.Parse($$$"""
            {"apiVersion":"autoscaling/v1","kind":"HorizontalPodAutoscaler","metadata":{"name":"auto","namespace":"{{{bench.Namespace}}}"},
             "spec":{"minReplicas":2,"maxReplicas":4,"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"nginx-demo"} } }
            """));

        var plan = await bench.PlanScaleAsync(0);

        plan.Content.Findings.Select(finding => finding.Code).ShouldBe(["scale-to-zero", "scale-against-hpa"], ignoreOrder: true);
        plan.Content.Findings.Single(finding => finding.Code == "scale-against-hpa").Message.ShouldContain("between 2 and 4");
        plan.Content.Impact.Sentence.ShouldBe("Deployment/nginx-demo goes from 2 Pods to 0 Pods.");
    }

    [Fact]
    [Finds(FindingCodes.BelowMinimumAvailability, FindingCodes.RestartsPods)]
    public async Task A_rollout_that_leaves_too_few_Pods_is_found()
    {
        await using var bench = await ChangeBench.StartAsync(cluster);
        await cluster.Admin.MergeAsync(KubePath.Deployment(bench.Namespace, "nginx-demo"), Workloads.Parse("""{"spec":{"strategy":{"type":"Recreate","rollingUpdate":null}}}"""));

        var plan = await bench.PlanAsync("request_restart_deployment", bench.In(("name", "nginx-demo")));

        plan.Content.Findings.Select(finding => finding.Code).ShouldBe(["below-minimum-availability", "restarts-pods"]);
        plan.Content.Findings[0].Message.ShouldContain("strategy Recreate");
    }

    [Fact]
    [Finds(FindingCodes.DeleteDependedOn, FindingCodes.DeletesObject)]
    public async Task A_deletion_names_who_depends_on_what_goes_unless_it_goes_as_well()
    {
        await using var bench = await ChangeBench.StartAsync(cluster);
        async Task<IReadOnlyList<string>> CodesAsync(params string[] kinds)
        {
            var manifest = string.Join("---\n", kinds.Select(kind => $"apiVersion: {(kind == "Deployment" ? "apps/v1" : "v1")}\nkind: {kind}\nmetadata: {{name: nginx-demo}}\n"));
            return [.. (await bench.PlanAsync("request_delete_manifest", bench.In(("manifest", manifest)))).Content.Findings.Select(finding => finding.Code)];
        }

        (await CodesAsync("ConfigMap")).ShouldBe(["delete-depended-on", "deletes-object"]);
        await cluster.Admin.WaitForAsync(KubePath.Deployment(bench.Namespace, "nginx-demo"), found => (int?)found?["status"]?["replicas"] == 2);
        (await CodesAsync("Service")).ShouldBe(["delete-depended-on", "deletes-object"]);
        (await CodesAsync("Deployment")).ShouldBe(["delete-depended-on", "deletes-object"]);
        (await CodesAsync("ConfigMap", "Service", "Deployment")).ShouldBe(["deletes-object", "deletes-object", "deletes-object"]);
    }

    [Fact]
    public async Task A_ConfigMap_that_only_Pods_without_a_Deployment_use_is_found_to_be_depended_on()
    {
        await using var bench = await ChangeBench.StartAsync(cluster, await cluster.NewNamespaceAsync("change", withDemoWorkload: false));
        await cluster.Admin.ApplyAsync(Settings(bench.Namespace));
        await cluster.Admin.CreateAsync(KubePath.ReplicaSets(bench.Namespace), Workloads.Parse($$$"""
            {"apiVersion":"apps/v1","kind":"ReplicaSet","metadata":{"name":"bare","namespace":"{{{bench.Namespace}}}"},
             "spec":{"replicas":2,"selector":{"matchLabels":{"app":"bare"} },"template":{{{UsingSettings("bare")}}} } }
            """));
        await Eventually.GetAsync(() => cluster.Admin.ListAsync(KubePath.Pods(bench.Namespace)), pods => pods.Count == 2);

        var plan = await bench.PlanAsync("request_delete_manifest", bench.In(("manifest", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n")));

        plan.Content.Findings.Single(finding => finding.Code == "delete-depended-on").Message.ShouldMatch("^Pod bare-[a-z0-9]+, bare-[a-z0-9]+ use it\\.$");
    }

    public static TheoryData<string, string, string, string> Openings => new()
    {
        { "type: NodePort", "type: LoadBalancer", "spec.type", "The Service becomes reachable from further outside the cluster (NodePort becomes LoadBalancer)." },
        { "externalIPs: [192.0.2.1]", "externalIPs: [192.0.2.1, 192.0.2.2]", "spec.externalIPs", "The Service becomes reachable from outside the cluster at 192.0.2.2." },
        { "type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8]", "type: LoadBalancer", "spec.loadBalancerSourceRanges", "The load balancer lets in addresses that it kept out: 0.0.0.0/0, ::/0." },
        { "type: LoadBalancer, loadBalancerSourceRanges: [10.1.0.0/16]", "type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8]", "spec.loadBalancerSourceRanges", "The load balancer lets in addresses that it kept out: 10.0.0.0/8." },
    };

    [Theory]
    [Finds(FindingCodes.ExposedService)]
    [MemberData(nameof(Openings))]
    public async Task A_Service_that_opens_further_than_it_was_open_is_found_and_one_that_closes_is_not(string narrow, string wide, string path, string message)
    {
        await using var bench = await ChangeBench.StartAsync(cluster, await cluster.NewNamespaceAsync("change", withDemoWorkload: false));
        await ApplyAsync(narrow);

        var opening = await ApplyAsync(wide);
        var closing = await ApplyAsync(narrow);

        opening.Content.Findings.Where(finding => finding.Code == "exposed-service").Select(finding => (finding.Path, finding.Message)).ShouldBe([(path, message)]);
        closing.Content.Findings.ShouldNotContain(finding => finding.Code == "exposed-service");

        async Task<InfraGate.Plans.Plan> ApplyAsync(string spec)
        {
            var plan = await bench.PlanManifestAsync($"apiVersion: v1\nkind: Service\nmetadata: {{name: door}}\nspec: {{{spec}, selector: {{app: a}}, ports: [{{port: 80}}]}}\n");
            await bench.ApproveAsync(plan);
            await bench.AppliedAsync(plan);
            return plan;
        }
    }

    public static TheoryData<string> CoveringSelectors =>
    [
        """{"matchExpressions":[{"key":"app.kubernetes.io/name","operator":"In","values":["other","nginx-demo"]}] }""",
        """{"matchExpressions":[{"key":"app.kubernetes.io/name","operator":"Exists"},{"key":"canary","operator":"DoesNotExist"},{"key":"tier","operator":"NotIn","values":["db"]}] }""",
    ];

    [Theory]
    [MemberData(nameof(CoveringSelectors))]
    public async Task Every_disruption_budget_that_covers_the_Pods_by_whatever_selector_is_looked_at(string selector)
    {
        await using var bench = await ChangeBench.StartAsync(cluster);
        await BudgetAsync(bench.Namespace, "a-lenient", 1, """{"matchLabels":{"app.kubernetes.io/name":"nginx-demo"} }""");
        await BudgetAsync(bench.Namespace, "b-strict", 2, selector);

        var scale = await bench.PlanScaleAsync(1);

        Shortage(scale).ShouldBe("It runs 1 Pods afterwards; PodDisruptionBudget b-strict wants 2 available.");
    }

    [Fact]
    public async Task An_empty_selector_of_a_disruption_budget_means_what_its_version_says()
    {
        await using var bench = await ChangeBench.StartAsync(cluster);
        var version = await BudgetAsync(bench.Namespace, "empty", 2, "{}");

        var scale = await bench.PlanScaleAsync(1);

        // All Pods in policy/v1, none in policy/v1beta1.
        scale.Content.Findings.Any(finding => finding.Code == "below-minimum-availability").ShouldBe(version == "v1");
    }

    [Fact]
    public async Task A_rollout_and_a_scale_below_what_a_disruption_budget_wants_are_found()
    {
        await using var bench = await ChangeBench.StartAsync(cluster);
        await BudgetAsync(bench.Namespace, "both", 2, """{"matchLabels":{"app.kubernetes.io/name":"nginx-demo"} }""");
        await cluster.Admin.MergeAsync(KubePath.Deployment(bench.Namespace, "nginx-demo"), Workloads.Parse("""{"spec":{"strategy":{"type":"RollingUpdate","rollingUpdate":{"maxUnavailable":1} } } }"""));

        var restart = await bench.PlanAsync("request_restart_deployment", bench.In(("name", "nginx-demo")));
        var scale = await bench.PlanScaleAsync(1);

        Shortage(restart).ShouldBe("While its Pods are replaced only 1 may be available; PodDisruptionBudget both wants 2.");
        Shortage(scale).ShouldBe("It runs 1 Pods afterwards; PodDisruptionBudget both wants 2 available.");
    }

    [Fact]
    public async Task A_probe_that_leaves_the_manifest_without_its_handler_is_refused_with_its_place()
    {
        await using var bench = await ChangeBench.StartAsync(cluster, await cluster.NewNamespaceAsync("change", withDemoWorkload: false));
        var first = await bench.PlanManifestAsync(Deployment($"readinessProbe: {Probe}"));
        await bench.ApproveAsync(first);
        await bench.AppliedAsync(first);

        var refusal = await bench.RefusalAsync("request_apply_manifest", bench.In(("manifest", Deployment("imagePullPolicy: IfNotPresent"))));

        refusal.GetProperty("code").GetString().ShouldBe("invalid_argument");
        refusal.GetProperty("message").GetString()!.ShouldContain("containers[0].readinessProbe (line 10, column 9): Required value: must specify a handler type");
    }

    [Fact]
    [Finds(FindingCodes.ReplicaLimit)]
    public async Task More_replicas_than_the_policy_allows_are_blocked_or_found_as_the_policy_says()
    {
        var ns = await SharedNamespace.GetAsync(cluster);
        await using var strict = await ChangeBench.StartAsync(cluster, ns, policy: "version: 1\ndefaults: {maximumReplicas: 3}\n");
        await using var lenient = await ChangeBench.StartAsync(cluster, ns, policy: "version: 1\ndefaults: {maximumReplicas: 3, severities: {replica-limit: acknowledge}}\n");

        var refusal = await strict.RefusalAsync("request_scale_deployment", strict.In(("name", "nginx-demo"), ("replicas", 4)));
        var plan = await lenient.PlanScaleAsync(4);

        refusal.GetProperty("code").GetString().ShouldBe("policy_blocked");
        refusal.GetProperty("message").GetString()!.ShouldContain("at most 3 are allowed. (replica-limit)");
        plan.ToAcknowledge.Select(finding => (finding.Code, finding.Path)).ShouldBe([("replica-limit", "spec.replicas")]);
    }

    [Fact]
    [Finds(FindingCodes.NotChecked)]
    public async Task A_kind_that_may_not_be_read_is_named_rather_than_taken_for_absent()
    {
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        proxy.Add(new FaultRule(request => request.PathAndQuery.Contains("/poddisruptionbudgets", StringComparison.Ordinal), FaultAction.Answer)
        {
            Status = 403,
            Times = int.MaxValue,
            Body = """{"kind":"Status","status":"Failure","message":"poddisruptionbudgets.policy is forbidden: User \"x\" cannot list resource \"poddisruptionbudgets\"","reason":"Forbidden","code":403}""",
        });
        await using var bench = await ChangeBench.StartAsync(cluster, await SharedNamespace.GetAsync(cluster), proxy.KubeconfigPath);

        var plan = await bench.PlanScaleAsync(3);

        var finding = plan.Content.Findings.Single(finding => finding.Code == "not-checked");
        (finding.Severity, finding.Message).ShouldBe((FindingSeverity.Info, "InfraGate cannot read PodDisruptionBudget here, so nothing is said of them."));
    }

    protected static JsonObject Settings(string ns) => Workloads.Parse($$$"""
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings","namespace":"{{{ns}}}"},"data":{"mode":"fast"} }
        """);

    /// <summary>A Pod template whose container takes its variables from <see cref="Settings"/>.</summary>
    protected static string UsingSettings(string app) => $$$"""
        {"metadata":{"labels":{"app":"{{{app}}}"} },"spec":{"containers":[{"name":"web","image":"registry.local/web:1.2.3","envFrom":[{"configMapRef":{"name":"settings"} }] }] } }
        """;

    /// <returns>The newest version of the kind that the cluster serves.</returns>
    private async Task<string> BudgetAsync(string ns, string name, int available, string selector)
    {
        // The sandbox serves what newer clusters do.
        var version = await cluster.Admin.FindAsync("/apis/policy/v1") is null ? "v1beta1" : "v1";
        await cluster.Admin.ApplyAsync(Workloads.Parse($$$"""
            {"apiVersion":"policy/{{{version}}}","kind":"PodDisruptionBudget","metadata":{"name":"{{{name}}}","namespace":"{{{ns}}}"},
             "spec":{"minAvailable":{{{available}}},"selector":{{{selector}}} } }
            """));
        return version;
    }

    private static string Shortage(InfraGate.Plans.Plan plan) => plan.Content.Findings.Single(finding => finding.Code == "below-minimum-availability").Message;

    private static string Deployment(string line) => $$$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: probed}
        spec:
          selector: {matchLabels: {app: probed}}
          template:
            metadata: {labels: {app: probed}}
            spec:
              containers:
              - name: web
                image: registry.local/web:1.2.3
                {{{line}}}
        """;
}
