using System.Text.Json.Nodes;
using InfraGate.RealParts.Clusters;
using InfraGate.RealParts.ControlPlane;
using InfraGate.RealParts.Faults;

namespace InfraGate.RealParts.Tests.Faults;

[Collection(SharedControlPlane.Name)]
public sealed class FaultProxyTests(ControlPlaneCluster cluster)
{
    private static Task<JsonObject> TouchAsync(KubeAdminClient client, string scenario, string value) =>
        client.MergeAsync(KubePath.ConfigMap(scenario, "nginx-demo"), Label(value));

    private static JsonObject Label(string value) => new()
    {
        ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["touched"] = value } },
    };

    private async Task<string?> TouchedAsync(string scenario) =>
        (string?)(await cluster.Admin.GetAsync(KubePath.ConfigMap(scenario, "nginx-demo")))["metadata"]!["labels"]!["touched"];

    [Fact]
    public async Task Without_rules_requests_pass_with_their_own_identity()
    {
        var scenario = await cluster.NewNamespaceAsync();
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        using var infragate = KubeAdminClient.As(proxy.KubeconfigPath);

        await TouchAsync(infragate, scenario, "yes");

        (await TouchedAsync(scenario)).ShouldBe("yes");
        proxy.Requests.ShouldHaveSingleItem().IsWrite.ShouldBeTrue();
        (await cluster.ListWritesAsync(scenario)).ShouldHaveSingleItem().User.ShouldBe("system:serviceaccount:mcp-nginx-demo:infragate");
    }

    [Fact]
    public async Task The_nth_write_is_cut_before_it_reaches_the_api_server()
    {
        var scenario = await cluster.NewNamespaceAsync();
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        using var infragate = KubeAdminClient.As(proxy.KubeconfigPath);
        var cut = proxy.Cut(request => request.IsWrite, nth: 2);

        await TouchAsync(infragate, scenario, "first");
        await Should.ThrowAsync<HttpRequestException>(() => TouchAsync(infragate, scenario, "second"));
        await TouchAsync(infragate, scenario, "third");

        cut.Hit.IsCompletedSuccessfully.ShouldBeTrue();
        (await cluster.ListWritesAsync(scenario)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_write_whose_answer_is_cut_has_happened()
    {
        var scenario = await cluster.NewNamespaceAsync();
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        using var infragate = KubeAdminClient.As(proxy.KubeconfigPath);
        proxy.Cut(request => request.IsWrite, afterHandling: true);

        await Should.ThrowAsync<HttpRequestException>(() => TouchAsync(infragate, scenario, "done"));

        (await TouchedAsync(scenario)).ShouldBe("done");
    }

    [Fact]
    public async Task A_held_write_happens_when_it_is_released()
    {
        var scenario = await cluster.NewNamespaceAsync();
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        using var infragate = KubeAdminClient.As(proxy.KubeconfigPath);
        var hold = proxy.Hold(request => request.IsWrite);

        var write = TouchAsync(infragate, scenario, "late");
        await hold.Hit;
        (await TouchedAsync(scenario)).ShouldBeNull();
        hold.Release();
        await write;

        (await TouchedAsync(scenario)).ShouldBe("late");
    }

    [Fact]
    public async Task It_answers_for_the_api_server_until_it_is_healed()
    {
        var scenario = await cluster.NewNamespaceAsync();
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath);
        using var infragate = KubeAdminClient.As(proxy.KubeconfigPath);
        proxy.Answer(_ => true, status: 503);

        var refusal = await Should.ThrowAsync<KubeApiException>(() => infragate.ListAsync(KubePath.Pods(scenario)));
        proxy.Heal();

        ((int)refusal.StatusCode).ShouldBe(503);
        await infragate.ListAsync(KubePath.Pods(scenario));
    }

    [Fact]
    public async Task An_expired_certificate_is_refused_by_a_client_that_verifies()
    {
        await using var proxy = await FaultProxy.StartAsync(cluster.KubeconfigPath, new FaultProxyOptions { CertificateLifetime = TimeSpan.FromHours(-1) });
        using var infragate = KubeAdminClient.As(proxy.KubeconfigPath);

        var refusal = await Should.ThrowAsync<HttpRequestException>(() => infragate.ListAsync(KubePath.Pods(IClusterUnderTest.DemoNamespace)));

        refusal.HttpRequestError.ShouldBe(HttpRequestError.SecureConnectionError);
    }
}
