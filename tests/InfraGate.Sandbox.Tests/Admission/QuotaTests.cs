namespace InfraGate.Sandbox.Tests.Admission;

/// <summary>What a ResourceQuota refuses, in the API server's words, and what it says of itself.</summary>
public sealed class QuotaTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private ApiClient Client => sandbox.Client;

    [Theory]
    [InlineData("\"configmaps\":\"1\"", "configmaps \"second\" is forbidden: exceeded quota: hard, requested: configmaps=1, used: configmaps=1, limited: configmaps=1")]
    [InlineData("\"count/configmaps\":\"1\"", "configmaps \"second\" is forbidden: exceeded quota: hard, requested: count/configmaps=1, used: count/configmaps=1, limited: count/configmaps=1")]
    public async Task Objects_beyond_their_number_are_refused_also_when_only_tried(string hard, string refusal)
    {
        var space = await NamespaceAsync(hard);
        (await CreateAsync(space, "configmaps", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"first"}}""")).Code.ShouldBe(201);

        foreach (var query in new[] { "?dryRun=All", "" })
        {
            var answer = await CreateAsync(space, "configmaps" + query, """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"second"}}""");

            answer.Code.ShouldBe(403);
            ((string?)answer.Body!["message"]).ShouldBe(refusal);
        }
    }

    [Fact]
    public async Task Pods_share_what_a_quota_allows_until_one_is_gone()
    {
        var space = await NamespaceAsync("\"limits.cpu\":\"1\",\"requests.memory\":\"64Mi\"");
        (await CreateAsync(space, "pods", Pod("first", "600m", "32Mi"))).Code.ShouldBe(201);

        var refused = await CreateAsync(space, "pods", Pod("second", "500m", "16Mi"));
        var quota = await Client.WaitAsync($"/api/v1/namespaces/{space}/resourcequotas/hard", answer => (string?)answer.Body!["status"]?["used"]?["limits.cpu"] == "600m");
        await Client.SendAsync("DELETE", $"/api/v1/namespaces/{space}/pods/first", """{"gracePeriodSeconds":0}""");

        ((string?)refused.Body!["message"]).ShouldBe("pods \"second\" is forbidden: exceeded quota: hard, requested: limits.cpu=500m, used: limits.cpu=600m, limited: limits.cpu=1");
        ((string?)quota.Body!["status"]!["used"]!["requests.memory"]).ShouldBe("32Mi");
        ((string?)quota.Body["status"]!["hard"]!["requests.memory"]).ShouldBe("64Mi");
        await Client.WaitAsync($"/api/v1/namespaces/{space}/resourcequotas/hard", answer => (string?)answer.Body!["status"]!["used"]!["limits.cpu"] == "0");
        (await CreateAsync(space, "pods", Pod("second", "500m", "16Mi"))).Code.ShouldBe(201);
    }

    [Fact]
    public async Task A_quota_of_best_effort_Pods_counts_no_others()
    {
        var space = await NamespaceAsync("\"pods\":\"0\"", scopes: "\"BestEffort\"");

        (await CreateAsync(space, "pods", Pod("burstable", "1", "1Mi"))).Code.ShouldBe(201);
        (await CreateAsync(space, "pods", """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"best"},"spec":{"containers":[{"name":"web","image":"nginx:1"}]}}""")).Code.ShouldBe(403);
    }

    private async Task<string> NamespaceAsync(string hard, string scopes = "")
    {
        var space = await Client.NewNamespaceAsync();
        var quota = $$$"""{"apiVersion":"v1","kind":"ResourceQuota","metadata":{"name":"hard"},"spec":{"hard":{ {{{hard}}} },"scopes":[{{{scopes}}}]}}""";
        (await CreateAsync(space, "resourcequotas", quota)).Code.ShouldBe(201);
        return space;
    }

    private Task<ApiAnswer> CreateAsync(string space, string resource, string body) => Client.PostAsync($"/api/v1/namespaces/{space}/{resource}", body);

    private static string Pod(string name, string processors, string memory) =>
        $$$"""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{{name}}}"},"spec":{"containers":[{"name":"web","image":"nginx:1","resources":{"requests":{"memory":"{{{memory}}}"},"limits":{"cpu":"{{{processors}}}"} } } ] } }""";
}
