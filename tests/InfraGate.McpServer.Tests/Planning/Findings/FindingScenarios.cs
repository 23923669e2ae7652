using System.Text.Json.Nodes;
using InfraGate.McpServer.Tests.Support;
using InfraGate.Plans;
using InfraGate.Plans.Findings;
using InfraGate.RealParts.Clusters;

namespace InfraGate.McpServer.Tests.Planning.Findings;

/// <summary>Every finding, on plans for real objects.</summary>
public abstract class FindingScenarios(IClusterUnderTest cluster)
{
    private const string Good = """
        securityContext: {runAsNonRoot: true}
              containers:
              - name: web
                image: registry.local/web:1.2.3
                resources: {limits: {cpu: 100m, memory: 64Mi}}
        """;

    public static TheoryData<string, string, FindingSeverity, string?> InManifests => new()
    {
        { "mutable-image-tag", Pod(Good.Replace("web:1.2.3", "web:latest")), FindingSeverity.Warn, "spec.template.spec.containers[name=web].image" },
        { "mutable-image-tag", Pod(Good.Replace("web:1.2.3", "web")), FindingSeverity.Warn, "spec.template.spec.containers[name=web].image" },
        { "mutable-image-tag", Pod(Good.Replace("registry.local/web:1.2.3", "registry.local/Web:1.2.3")), FindingSeverity.Warn, "spec.template.spec.containers[name=web].image" },
        { "privileged", Pod(Good + "\n        securityContext: {privileged: true}"), FindingSeverity.Acknowledge, "spec.template.spec.containers[name=web].securityContext.privileged" },
        { "host-namespace", Pod("hostNetwork: true\n      " + Good), FindingSeverity.Acknowledge, "spec.template.spec.hostNetwork" },
        { "host-namespace", Pod("hostPID: true\n      " + Good), FindingSeverity.Acknowledge, "spec.template.spec.hostPID" },
        { "host-path", Pod("volumes: [{name: node, hostPath: {path: /etc}}]\n      " + Good), FindingSeverity.Acknowledge, "spec.template.spec.volumes[name=node].hostPath" },
        { "host-path", Pod(Good + "\n        ports: [{containerPort: 80, hostPort: 80}]"), FindingSeverity.Acknowledge, "spec.template.spec.containers[name=web].ports" },
        { "added-capability", Pod(Good + "\n        securityContext: {capabilities: {add: [NET_ADMIN]}}"), FindingSeverity.Acknowledge, "spec.template.spec.containers[name=web].securityContext.capabilities.add" },
        { "added-capability", Pod(Good + "\n        securityContext: {allowPrivilegeEscalation: true}"), FindingSeverity.Acknowledge, "spec.template.spec.containers[name=web].securityContext.allowPrivilegeEscalation" },
        { "runs-as-root", Pod(Good.Replace("runAsNonRoot: true", "runAsUser: 0")), FindingSeverity.Warn, "spec.template.spec.containers[name=web].securityContext" },
        { "runs-as-root", Pod(Good.Replace("runAsNonRoot: true", "fsGroup: 1")), FindingSeverity.Warn, "spec.template.spec.containers[name=web].securityContext" },
        { "no-limits", Pod(Good.Replace("limits: {cpu: 100m, memory: 64Mi}", "requests: {cpu: 100m}")), FindingSeverity.Info, "spec.template.spec.containers[name=web].resources.limits" },
        { "plain-secret", Pod(Good + "\n        env: [{name: DB_PASSWORD, value: correct-horse-battery}]"), FindingSeverity.Acknowledge, "spec.template.spec.containers[name=web].env[name=DB_PASSWORD].value" },
        { "plain-secret", Pod(Good + "\n        args: [--verbose, --db-password, correct-horse-battery]"), FindingSeverity.Acknowledge, "spec.template.spec.containers[name=web].args[2]" },
        { "plain-secret", Pod(Good + "\n        command: [web, --db-password=correct-horse-battery]"), FindingSeverity.Acknowledge, "spec.template.spec.containers[name=web].command[1]" },
        { "plain-secret", Pod(Good + "\n        lifecycle: {preStop: {exec: {command: [redis-cli, -a, correct-horse-battery, shutdown]}}}"), FindingSeverity.Acknowledge, "spec.template.spec.containers[name=web].lifecycle.preStop.exec.command[2]" },
        { "plain-secret", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: found}\ndata: {api_token: ghp_0123456789abcdefghijklmnopqrstuvwxyzAB}\n", FindingSeverity.Acknowledge, "data.api_token" },
        { "hidden-characters", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: found}\ndata: {mode: \"fast\u202e\"}\n", FindingSeverity.Acknowledge, "data.mode" },
        { "hidden-characters", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: found}\ndata: {mode: \"p\u0430ypal\"}\n", FindingSeverity.Acknowledge, "data.mode" },
        { "creates-object", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: found}\n", FindingSeverity.Info, null },
        { "scale-to-zero", Pod(Good, replicas: 0), FindingSeverity.Acknowledge, "spec.replicas" },
        { "exposed-service", "apiVersion: v1\nkind: Service\nmetadata: {name: found}\nspec: {type: NodePort, selector: {app: a}, ports: [{port: 80}]}\n", FindingSeverity.Acknowledge, "spec.type" },
        { "exposed-service", "apiVersion: v1\nkind: Service\nmetadata: {name: found}\nspec: {externalIPs: [192.0.2.1], selector: {app: a}, ports: [{port: 80}]}\n", FindingSeverity.Acknowledge, "spec.externalIPs" },
        { "selector-change", "apiVersion: v1\nkind: Service\nmetadata: {name: nginx-demo}\nspec: {selector: {app.kubernetes.io/name: other}, ports: [{name: http, port: 80, targetPort: http}]}\n", FindingSeverity.Acknowledge, "spec.selector" },
        { "field-conflict", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: nginx-demo}\ndata: {default.conf: \"other\"}\n", FindingSeverity.Acknowledge, null },
    };

    [Theory]
    [MemberData(nameof(InManifests))]
    public async Task A_manifest_is_found_to_hold(string code, string manifest, FindingSeverity severity, string? path)
    {
        await using var bench = await ChangeBench.StartAsync(cluster, await SharedNamespace.GetAsync(cluster));

        var plan = await bench.PlanManifestAsync(manifest);

        var finding = plan.Content.Findings.First(finding => finding.Code == code);
        (finding.Severity, finding.Path).ShouldBe((severity, path));
        finding.Message.ShouldNotContain("correct-horse-battery");
        finding.Message.ShouldNotContain("ghp_");
        plan.Content.Findings.Select(found => found.Severity).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public async Task A_harmless_manifest_is_found_to_create_an_object_and_nothing_else()
    {
        await using var bench = await ChangeBench.StartAsync(cluster, await SharedNamespace.GetAsync(cluster));

        var plan = await bench.PlanManifestAsync(Pod(Good));

        plan.Content.Findings.Select(finding => finding.Code).ShouldBe(["creates-object"]);
        plan.Content.Impact.Sentence.ShouldBe("Creates Deployment/found.");
        plan.Content.Impact.Figures.ShouldContain(new ImpactFigure("Deployment/found", "replicas", null, 1));
    }

    [Fact]
    public async Task The_sentence_says_of_the_longest_image_what_it_ends_in()
    {
        await using var bench = await ChangeBench.StartAsync(cluster);
        var image = $"registry.local/{string.Join('/', Enumerable.Repeat("a-part-of-a-long-path", 8))}/nginx:1.27.4@sha256:{new string('0', 63)}1";

        var plan = await bench.PlanAsync("request_set_deployment_image", bench.In(("name", "nginx-demo"), ("container", "nginx"), ("image", image)));

        plan.Content.Impact.Sentence.ShouldBe($"Deployment/nginx-demo runs {image} in container nginx and replaces its 2 Pods.");
    }

    [Fact]
    public async Task A_command_line_that_only_refers_to_a_credential_is_not_found_to_hold_one()
    {
        await using var bench = await ChangeBench.StartAsync(cluster, await SharedNamespace.GetAsync(cluster));

        var plan = await bench.PlanManifestAsync(Pod(Good + "\n        args: [--db-password, $(DB_PASSWORD), --api-token=$(API_TOKEN), --password-file=/run/secrets/db]"));

        plan.Content.Findings.Select(finding => finding.Code).ShouldBe(["creates-object"]);
    }

    [Fact]
    [Finds(FindingCodes.NoChange)]
    public async Task A_plan_that_changes_nothing_is_found_to_change_nothing()
    {
        await using var bench = await ChangeBench.StartAsync(cluster, await cluster.NewNamespaceAsync("change", withDemoWorkload: false));
        var first = await bench.PlanManifestAsync(Pod(Good));
        await bench.ApproveAsync(first);
        await bench.AppliedAsync(first);

        var again = await bench.PlanManifestAsync(Pod(Good));

        again.Content.Findings.Select(finding => finding.Code).ShouldBe(["no-change"]);
        again.Content.Targets[0].Change.ShouldBe(TargetChange.None);
    }

    [Fact]
    [Finds(FindingCodes.ImageRegistry)]
    public async Task The_policy_changes_severities_blocks_and_lists_registries()
    {
        await using var bench = await ChangeBench.StartAsync(cluster, await SharedNamespace.GetAsync(cluster), policy: """
            version: 1
            defaults:
              imageRegistries: [registry.example.com]
              severities: {no-limits: acknowledge, host-path: block}
            """);

        var registry = await bench.RefusalAsync("request_apply_manifest", bench.In(("manifest", Pod(Good))));
        registry.GetProperty("code").GetString().ShouldBe("policy_blocked");
        registry.GetProperty("message").GetString()!.ShouldContain("image-registry");
        var allowed = Good.Replace("registry.local/", "registry.example.com/");
        (await bench.RefusalAsync("request_apply_manifest", bench.In(("manifest", Pod("volumes: [{name: node, hostPath: {path: /etc}}]\n      " + allowed)))))
            .GetProperty("code").GetString().ShouldBe("policy_blocked");
        var plan = await bench.PlanManifestAsync(Pod(allowed.Replace("limits: {cpu: 100m, memory: 64Mi}", "requests: {cpu: 1m}")));
        plan.ToAcknowledge.Select(finding => finding.Code).ShouldBe(["no-limits"]);
    }

    [Theory]
    [InlineData("[2001:db8::1]:5000/evil:1.0", "comes from [2001:db8::1]:5000/evil")]
    [InlineData("EVIL/x:1.0", "comes from EVIL/x")]
    [InlineData("registry.example.com/Evil:1.0", "is not written as the name of an image")]
    [InlineData("evil.example.com//registry.example.com/web:1.0", "is not written as the name of an image")]
    public async Task An_image_whose_name_is_unusual_does_not_get_past_the_list_of_registries(string image, string reason)
    {
        await using var bench = await ChangeBench.StartAsync(cluster, await SharedNamespace.GetAsync(cluster), policy: """
            version: 1
            defaults: {imageRegistries: [registry.example.com]}
            """);

        var refusal = await bench.RefusalAsync("request_apply_manifest", bench.In(("manifest", Pod(Good.Replace("registry.local/web:1.2.3", $"\"{image}\"")))));

        refusal.GetProperty("code").GetString().ShouldBe("policy_blocked");
        refusal.GetProperty("message").GetString()!.ShouldContain("image-registry");
        refusal.GetRawText().ShouldContain(reason);
    }

    [Fact]
    public async Task Values_of_the_cluster_and_credentials_appear_nowhere_but_as_fingerprints()
    {
        const string Secret = "correct-horse-battery-staple";
        await using var bench = await ChangeBench.StartAsync(cluster, await cluster.NewNamespaceAsync("change", withDemoWorkload: false));
        await cluster.Admin.ApplyAsync(Workloads.Parse($$$"""
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings","namespace":"{{{bench.Namespace}}}"},"data":{"color":"ultramarine","kept":"vermilion"}}
            """));
        await cluster.Admin.ApplyAsync(Workloads.Deployment(bench.Namespace, "found", "registry.local/web:1.0.0", change: deployment =>
            Workloads.Container(deployment)["env"] = Workloads.Parse($$$"""{"v":[{"name":"DB_PASSWORD","value":"{{{Secret}}}"},{"name":"MODE","value":"slow"}]}""")["v"]!.DeepClone()));
        var manifest = $$"""
            # the old one was password=hunter2hunter2
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings}
            data:
              color: cobalt
              db_password: "{{Secret}}-two"
            ---
            {{Pod(Good + $"\n        env: [{{name: DB_PASSWORD, value: {Secret}-three}}, {{name: MODE, value: fast}}]\n        command: [redis-cli]\n        args: [-a, {Secret}-four]")}}
            """;

        var result = await bench.CallAsync("request_apply_manifest", bench.In(("manifest", manifest)));
        var plan = (await bench.Store.FindAsync(PlanId.Parse(result.StructuredContent!.Value.GetProperty("planId").GetString()!)))!.Content;

        string[] shown =
        [
            ServerUnderTest.Text(result), result.StructuredContent.Value.GetRawText(), plan.Intent.ManifestView!, plan.Intent.Arguments,
            .. plan.Targets.SelectMany(target => new[] { target.BeforeView ?? "", target.AfterView ?? "", target.Request.BodyView ?? "" }),
            .. plan.Targets.SelectMany(target => target.Changes).SelectMany(change => new[] { change.Before ?? "", change.After ?? "" }),
            .. plan.Findings.Select(finding => finding.Message),
        ];
        shown.ShouldAllBe(text => !text.Contains(Secret) && !text.Contains("ultramarine") && !text.Contains("vermilion") && !text.Contains("hunter2"));
        result.StructuredContent.Value.GetRawText().ShouldNotContain("cobalt");
        plan.Targets[0].AfterView!.ShouldContain("cobalt");
        plan.Intent.ManifestView!.ShouldContain("color: cobalt");
        plan.Targets[0].BeforeView!.ShouldContain("sha256:");
        var password = plan.Targets[1].Changes.Single(change => change.Path.EndsWith("env[name=DB_PASSWORD].value", StringComparison.Ordinal));
        password.Masked.ShouldBeTrue();
        password.Before.ShouldNotBe(password.After);
        plan.Targets[1].Changes.Single(change => change.Path.EndsWith("env[name=MODE].value", StringComparison.Ordinal)).ShouldBe(
            new FieldChange("spec.template.spec.containers[name=web].env[name=MODE].value", FieldChangeKind.Changed, "\"slow\"", "\"fast\"", Masked: false));
    }

    private static string Pod(string pod, int replicas = 1) => $$$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: found}
        spec:
          replicas: {{{replicas}}}
          selector: {matchLabels: {app: found}}
          template:
            metadata: {labels: {app: found}}
            spec:
              {{{pod}}}

        """;
}
