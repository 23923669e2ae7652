using InfraGate.McpServer.Inspection;
using InfraGate.McpServer.Tests.Support;

namespace InfraGate.McpServer.Tests.Inspection;

/// <summary>EndpointSlices v1 where they are served, else v1beta1, else Endpoints.</summary>
public sealed class EndpointReaderTests
{
    private const string Slice = """
        { "items": [
          { "metadata": { "labels": { "kubernetes.io/service-name": "web" } }, "endpoints": [
            { "addresses": ["10.0.0.1"], "conditions": { "ready": true }, "targetRef": { "kind": "Pod", "name": "web-1" } },
            { "addresses": ["10.0.0.2"], "conditions": { "ready": false }, "targetRef": { "kind": "Pod", "name": "web-2" } } ] },
          { "metadata": { "labels": { "kubernetes.io/service-name": "web" } }, "endpoints": [
            { "addresses": ["fd00::1"], "conditions": {}, "targetRef": { "kind": "Pod", "name": "web-1" } } ] } ] }
        """;

    private const string Endpoints = """
        { "items": [ { "metadata": { "name": "web" }, "subsets": [
          { "addresses": [ { "ip": "10.0.0.1", "targetRef": { "kind": "Pod", "name": "web-1" } } ], "notReadyAddresses": [ { "ip": "10.0.0.2" } ] } ] } ] }
        """;

    [Theory]
    [InlineData("discovery.k8s.io/v1/", Slice, 1)]
    [InlineData("discovery.k8s.io/v1beta1/", Slice, 2)]
    [InlineData("api/v1/", Endpoints, 3)]
    public async Task Whatever_the_cluster_serves_is_counted_once_for_each_pod(string served, string answer, int requests)
    {
        await using var server = await FakeApiServer.StartAsync(context => context.Request.Path.Value!.Contains(served, StringComparison.Ordinal)
            ? FakeApiServer.JsonAsync(context, answer)
            : FakeApiServer.StatusAsync(context, 404, "the server could not find the requested resource", "NotFound"));
        using var client = ClientUnderTest.For(server.Address);

        var endpoints = (await EndpointReader.ReadAsync(client.Client, "web", CancellationToken.None))["web"];

        endpoints.Ready.ShouldBe(1);
        endpoints.NotReady.ShouldBe(1);
        server.Requests.Count.ShouldBe(requests);
    }
}
