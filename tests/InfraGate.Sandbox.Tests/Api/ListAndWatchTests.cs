using System.Text.Json.Nodes;
using InfraGate.Sandbox.Hosting;

namespace InfraGate.Sandbox.Tests.Api;

public sealed class ListAndWatchTests(ListAndWatchTests.Fixture sandbox) : IClassFixture<ListAndWatchTests.Fixture>
{
    private const string Filled = "/api/v1/namespaces/fill/pods";

    [Fact]
    public async Task Pages_come_from_one_revision_and_cover_everything_once()
    {
        var names = new List<string>();
        var revisions = new HashSet<string>();
        var token = string.Empty;
        do
        {
            var page = await sandbox.Client.GetAsync($"{Filled}?limit=300&continue={Uri.EscapeDataString(token)}");
            page.Code.ShouldBe(200, page.Text);
            names.AddRange(page.Body!["items"]!.AsArray().Select(item => (string)item!["metadata"]!["name"]!));
            revisions.Add((string)page.Body["metadata"]!["resourceVersion"]!);
            token = (string?)page.Body["metadata"]!["continue"] ?? string.Empty;
            await sandbox.Client.NewNamespaceAsync();
        }
        while (token.Length > 0);

        names.Count.ShouldBe(1000);
        names.Distinct().Count().ShouldBe(1000);
        revisions.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_page_says_how_many_remain_unless_a_selector_hides_it()
    {
        var all = await sandbox.Client.GetAsync($"{Filled}?limit=10");
        var some = await sandbox.Client.GetAsync($"{Filled}?limit=10&labelSelector=app%3Dapp-3");

        ((int)all.Body!["metadata"]!["remainingItemCount"]!).ShouldBe(990);
        some.Body!["metadata"]!["remainingItemCount"].ShouldBeNull();
        ((string?)some.Body["metadata"]!["continue"]).ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_foreign_token_is_a_bad_request_and_an_unknown_revision_is_gone()
    {
        var foreign = await sandbox.Client.GetAsync($"{Filled}?limit=1&continue=nonsense");
        var page = await sandbox.Client.GetAsync($"{Filled}?limit=1");
        var token = System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(Padded((string)page.Body!["metadata"]!["continue"]!)));
        var older = JsonNode.Parse(token)!;
        older["rv"] = 1;
        var expired = await sandbox.Client.GetAsync($"{Filled}?limit=1&continue={Uri.EscapeDataString(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(older.ToJsonString())))}");

        foreign.Code.ShouldBe(400);
        expired.Code.ShouldBe(410);
        ((string?)expired.Body!["reason"]).ShouldBe("Expired");
    }

    [Theory]
    [InlineData("labelSelector=app%3Dapp-3", 50)]
    [InlineData("labelSelector=app%20in%20(app-3,app-4)", 100)]
    [InlineData("labelSelector=app!%3Dapp-3", 950)]
    [InlineData("labelSelector=!app", 0)]
    [InlineData("labelSelector=app", 1000)]
    [InlineData("labelSelector=app%20notin%20(app-3,app-4)", 900)]
    [InlineData("fieldSelector=status.phase%3DRunning", 1000)]
    [InlineData("fieldSelector=status.phase!%3DRunning", 0)]
    [InlineData("fieldSelector=metadata.name%3Dpod-00007", 1)]
    [InlineData("fieldSelector=spec.nodeName%3Dsandbox-node-1&labelSelector=app%3Dapp-1", 50)]
    public async Task Selectors_choose(string query, int expected) =>
        (await sandbox.Client.GetAsync($"{Filled}?{query}")).Body!["items"]!.AsArray().Count.ShouldBe(expected);

    [Fact]
    public async Task A_watch_shows_what_was_missed_and_what_comes()
    {
        var space = await sandbox.Client.NewNamespaceAsync();
        var maps = $"/api/v1/namespaces/{space}/configmaps";
        var start = (string)(await sandbox.Client.GetAsync(maps)).Body!["metadata"]!["resourceVersion"]!;
        await sandbox.Client.PostAsync(maps, Map("missed", "in"));
        using var watch = await sandbox.Client.OpenAsync($"{maps}?watch=true&resourceVersion={start}&labelSelector=set%3Din&timeoutSeconds=30");

        await sandbox.Client.PostAsync(maps, Map("outside", "out"));
        await sandbox.Client.PatchAsync($"{maps}/missed", """{"data":{"a":"2"}}""");
        await sandbox.Client.PatchAsync($"{maps}/missed", """{"metadata":{"labels":{"set":"out"}}}""");
        await sandbox.Client.PatchAsync($"{maps}/outside", """{"metadata":{"labels":{"set":"in"}}}""");
        await sandbox.Client.DeleteAsync($"{maps}/outside");

        var seen = new List<string>();
        while (seen.Count < 5)
        {
            var line = JsonNode.Parse((await watch.ReadLineAsync())!)!;
            seen.Add($"{line["type"]} {line["object"]!["metadata"]!["name"]}");
        }

        seen.ShouldBe(["ADDED missed", "MODIFIED missed", "DELETED missed", "ADDED outside", "DELETED outside"]);
    }

    [Fact]
    public async Task A_watch_ends_after_its_time_with_a_bookmark()
    {
        using var watch = await sandbox.Client.OpenAsync("/api/v1/namespaces/kube-public/configmaps?watch=true&allowWatchBookmarks=true&timeoutSeconds=1");

        var line = JsonNode.Parse((await watch.ReadLineAsync())!)!;

        ((string?)line["type"]).ShouldBe("BOOKMARK");
        (await watch.ReadLineAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Fifty_concurrent_changes_all_count()
    {
        var space = await sandbox.Client.NewNamespaceAsync();
        var map = $"/api/v1/namespaces/{space}/configmaps/shared";
        await sandbox.Client.PostAsync($"/api/v1/namespaces/{space}/configmaps", Map("shared", "x"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(index =>
            sandbox.Client.PatchAsync(map, "{\"data\":{\"key-" + index + "\":\"1\"}}")));

        answers.ShouldAllBe(answer => answer.Code == 200);
        (await sandbox.Client.GetAsync(map)).Body!["data"]!.AsObject().Count.ShouldBe(51);
    }

    private static string Padded(string token) => token.Replace('-', '+').Replace('_', '/').PadRight((token.Length + 3) / 4 * 4, '=');

    private static string Map(string name, string set) => new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "ConfigMap",
        ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = new JsonObject { ["set"] = set } },
        ["data"] = new JsonObject { ["a"] = "1" },
    }.ToJsonString();

    public sealed class Fixture : SandboxFixture
    {
        internal override SandboxOptions Options => Quick with { Fill = new Dictionary<string, int> { ["pods"] = 1000 } };
    }
}
