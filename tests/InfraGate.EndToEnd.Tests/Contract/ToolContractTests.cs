using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using InfraGate.EndToEnd.Tests.Agents;
using InfraGate.EndToEnd.Tests.People;
using InfraGate.EndToEnd.Tests.Stories;
using InfraGate.RealParts.Clusters;

namespace InfraGate.EndToEnd.Tests.Contract;

/// <summary>The fourteen tools as the skill names them, and what they answer, over HTTP.</summary>
public abstract class ToolContractTests(StoryGateway stack)
{
    private const int LargestList = 20 * 1024;

    private static readonly string[] Reading =
    [
        "get_allowed_namespaces", "get_k8s_status", "get_k8s_events", "get_pod_logs", "get_k8s_resource",
        "get_deployment_diagnostics", "get_pod_diagnostics", "get_service_diagnostics",
    ];

    private static readonly string[] Planning =
        ["request_apply_manifest", "request_delete_manifest", "request_scale_deployment", "request_restart_deployment", "request_set_deployment_image"];

    private const string Applying = "apply_approved_plan";

    private static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();

    private async Task<RawSession> OpenAsync() => await RawSession.OpenAsync(stack.Gateway.Endpoint, await stack.TokenAsync(Person.Alice));

    private static async Task<Dictionary<string, JsonElement>> ListAsync(RawSession session)
    {
        var list = await session.RequestAsync("tools/list", []);
        return list.GetProperty("tools").EnumerateArray().ToDictionary(tool => tool.GetProperty("name").GetString()!);
    }

    [Fact]
    public async Task The_list_is_exactly_the_fourteen_tools_with_schemas_and_annotations_in_at_most_20_KiB()
    {
        using var session = await OpenAsync();

        var list = await session.RequestAsync("tools/list", []);

        Encoding.UTF8.GetByteCount(list.GetRawText()).ShouldBeLessThanOrEqualTo(LargestList);
        var tools = list.GetProperty("tools").EnumerateArray().ToDictionary(tool => tool.GetProperty("name").GetString()!);
        tools.Keys.Order(StringComparer.Ordinal).ShouldBe([.. Reading.Concat(Planning).Append(Applying).Order(StringComparer.Ordinal)]);
        foreach (var (name, tool) in tools)
        {
            tool.GetProperty("title").GetString().ShouldNotBeNullOrWhiteSpace(name);
            tool.GetProperty("description").GetString().ShouldNotBeNullOrWhiteSpace(name);
            tool.GetProperty("inputSchema").GetProperty("type").GetString().ShouldBe("object", name);
            tool.GetProperty("inputSchema").GetProperty("additionalProperties").GetBoolean().ShouldBeFalse(name);
            tool.GetProperty("outputSchema").GetProperty("type").GetString().ShouldBe("object", name);
            var annotations = tool.GetProperty("annotations");
            annotations.GetProperty("readOnlyHint").GetBoolean().ShouldBe(Reading.Contains(name), name);
            // A hint that is left out means true for tools that are not read-only (MCP, ToolAnnotations).
            if (!Reading.Contains(name))
                annotations.GetProperty("destructiveHint").GetBoolean().ShouldBe(name == Applying, name);
            annotations.TryGetProperty("idempotentHint", out _).ShouldBeTrue(name);
        }
    }

    [Fact]
    public async Task Every_tool_answers_as_its_output_schema_says_whether_it_goes_well_or_not()
    {
        var scenario = stack.TakeNamespace();
        await stack.Cluster.Admin.WaitForAsync(KubePath.Deployment(scenario, "nginx-demo"), found => (int?)found?["status"]?["readyReplicas"] == 2);
        var pods = await stack.Cluster.Admin.ListAsync(KubePath.Pods(scenario));
        using var session = await OpenAsync();
        var tools = await ListAsync(session);
        var check = new SchemaCheck();

        foreach (var (tool, arguments) in GoodCalls(scenario, (string)pods[0]["metadata"]!["name"]!))
        {
            var result = await session.CallAsync(tool, arguments);
            (result.TryGetProperty("isError", out var isError) && isError.GetBoolean()).ShouldBeFalse($"{tool}: {result}");
            Remember(check, $"{tool} {arguments.ToJsonString()}", tools[tool], arguments, result);
        }
        var plan = await ApprovedPlanAsync(session, scenario, check, tools);
        var applied = await session.CallAsync(Applying, Json($$"""{"planId":"{{plan}}"}"""));
        applied.GetProperty("structuredContent").GetProperty("status").GetString().ShouldBe("applied", applied.ToString());
        Remember(check, "the applied plan", tools[Applying], Json($$"""{"planId":"{{plan}}"}"""), applied);
        Remember(check, "the plan that is applied already", tools[Applying], Json($$"""{"planId":"{{plan}}"}"""), await session.CallAsync(Applying, Json($$"""{"planId":"{{plan}}"}""")));
        foreach (var tool in tools.Values.Where(tool => tool.GetProperty("inputSchema").GetProperty("properties").TryGetProperty("namespace", out _)))
            await CheckRefusalAsync(check, session, tool);

        (await check.FindMistakesAsync()).ShouldBeEmpty();
    }

    private static IEnumerable<(string Tool, JsonObject Arguments)> GoodCalls(string scenario, string pod)
    {
        JsonObject In(string more) => Json($$"""{"namespace":"{{scenario}}"{{(more.Length > 0 ? "," : "")}}{{more}}}""");
        yield return ("get_allowed_namespaces", []);
        yield return ("get_k8s_status", In(""));
        yield return ("get_k8s_events", In("\"limit\":100"));
        yield return ("get_pod_logs", In($"\"podName\":\"{pod}\",\"tailLines\":5"));
        yield return ("get_k8s_resource", In("\"kind\":\"Deployment\",\"name\":\"nginx-demo\""));
        yield return ("get_k8s_resource", In("\"kind\":\"Service\",\"name\":\"nginx-demo\""));
        yield return ("get_k8s_resource", In("\"kind\":\"ConfigMap\",\"name\":\"nginx-demo\""));
        yield return ("get_k8s_resource", In($"\"kind\":\"Pod\",\"name\":\"{pod}\""));
        yield return ("get_deployment_diagnostics", In("\"name\":\"nginx-demo\""));
        yield return ("get_pod_diagnostics", In($"\"podName\":\"{pod}\""));
        yield return ("get_service_diagnostics", In("\"name\":\"nginx-demo\""));
        const string configMap = """ "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: NAME\ndata:\n  greeting: hello\n" """;
        yield return ("request_apply_manifest", In($"\"manifest\":{configMap.Replace("NAME", "greetings", StringComparison.Ordinal)}"));
        yield return ("request_delete_manifest", In($"\"manifest\":{configMap.Replace("NAME", "nginx-demo", StringComparison.Ordinal)}"));
        yield return ("request_scale_deployment", In("\"name\":\"nginx-demo\",\"replicas\":3"));
        yield return ("request_restart_deployment", In("\"name\":\"nginx-demo\""));
    }

    /// <summary>Makes a plan for another image, checks the answer for one that waits, and approves it.</summary>
    private static async Task<string> ApprovedPlanAsync(RawSession session, string scenario, SchemaCheck check, Dictionary<string, JsonElement> tools)
    {
        var request = Json($$"""{"namespace":"{{scenario}}","name":"nginx-demo","container":"nginx","image":"nginxinc/nginx-unprivileged:1.27.9"}""");
        var planned = await session.CallAsync("request_set_deployment_image", request);
        Remember(check, "the planned image", tools["request_set_deployment_image"], request, planned);
        var plan = planned.GetProperty("structuredContent").GetProperty("planId").GetString()!;
        var call = Json($$"""{"planId":"{{plan}}"}""");
        var waiting = await session.CallAsync(Applying, call);
        Remember(check, "the plan that waits", tools[Applying], call, waiting);
        using var alice = new WireApprover(Person.Alice);
        await alice.ApproveAsync(new Uri(waiting.GetProperty("structuredContent").GetProperty("error").GetProperty("details").GetProperty("approvalUrl").GetString()!));
        return plan;
    }

    private static async Task CheckRefusalAsync(SchemaCheck check, RawSession session, JsonElement tool)
    {
        var arguments = new JsonObject { ["namespace"] = "kube-system" };
        foreach (var property in tool.GetProperty("inputSchema").GetProperty("required").EnumerateArray().Select(name => name.GetString()!).Where(name => name != "namespace"))
            arguments[property] = property == "replicas" ? 1 : property == "kind" ? "Pod" : "nginx";
        var name = tool.GetProperty("name").GetString()!;
        var refused = await session.CallAsync(name, arguments);
        refused.GetProperty("structuredContent").GetProperty("error").GetProperty("code").GetString().ShouldBe("namespace_not_allowed", $"{name}: {refused}");
        Remember(check, $"{name} refused", tool, arguments, refused);
    }

    private static void Remember(SchemaCheck check, string name, JsonElement tool, JsonObject arguments, JsonElement result)
    {
        check.Add($"arguments of {name}", tool.GetProperty("inputSchema"), JsonSerializer.SerializeToElement(arguments));
        check.Add(name, tool.GetProperty("outputSchema"), result.GetProperty("structuredContent"));
    }
}
