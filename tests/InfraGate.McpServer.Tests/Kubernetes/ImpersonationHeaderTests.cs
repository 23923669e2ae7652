using InfraGate.McpServer.Hosting;
using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Kubernetes.Http;
using InfraGate.McpServer.Kubernetes.Config;
using InfraGate.McpServer.Kubernetes.Models;
using InfraGate.McpServer.Tests.Support;
using InfraGate.RealParts.Certificates;

namespace InfraGate.McpServer.Tests.Kubernetes;

/// <summary>
/// The headers by which the API server is asked to act as somebody, over a real socket. It takes one group from each <c>Impersonate-Group</c> line and splits
/// none, so that what counts is the lines as they arrive.
/// </summary>
public sealed class ImpersonationHeaderTests : IDisposable
{
    private const string ConfigMap = """{ "metadata": { "name": "web" } }""";
    private readonly CertificateAuthority _authority = new("cluster");

    public void Dispose() => _authority.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_group_of_the_verified_caller_is_sent_in_a_line_of_its_own(bool tls)
    {
        await using var server = await StartAsync(tls);
        using var client = ClientFor(server, tls);
        string[] groups = ["platform", "sre, on call", "Grüße", .. Enumerable.Range(0, 60).Select(number => $"{number}-{new string('g', 120)}")];

        await GetAsync(client, "alice", groups);
        await GetAsync(client, "bob", "one");
        await GetAsync(client, "carol");

        server.Requests.Select(request => request.Header("Impersonate-User")).ShouldBe(["alice", "bob", "carol"]);
        server.Requests.ElementAt(0).Lines("Impersonate-Group").ShouldBe(groups);
        server.Requests.ElementAt(1).Lines("Impersonate-Group").ShouldBe(["one"]);
        server.Requests.ElementAt(2).Lines("Impersonate-Group").ShouldBeEmpty();
        server.Requests.Select(request => request.Header("Authorization")).ShouldAllBe(token => token == "Bearer fake-token");
    }

    [Fact]
    public async Task What_lasts_does_without_http_2_for_several_groups_alone()
    {
        await using var server = await StartAsync(tls: true);
        using var client = ClientFor(server, tls: true);

        await LastAsync(client, "platform", "sre");
        await LastAsync(client, "platform");

        server.Requests.Select(request => request.Protocol).ShouldBe(["HTTP/1.1", "HTTP/2"]);
    }

    [Fact]
    public async Task The_groups_that_a_kubeconfig_fixes_are_sent_in_lines_of_their_own()
    {
        await using var server = await StartAsync(tls: false);
        using var client = ClientUnderTest.For(server.Address, user: ["token: fake-token", "as: robot", "as-groups: [system:nodes, platform]"]);

        await client.Client.GetAsync(ApiResource.ConfigMaps, "web", KubernetesJson.Default.ConfigMap, CancellationToken.None);

        server.Requests.Single().Header("Impersonate-User").ShouldBe("robot");
        server.Requests.Single().Lines("Impersonate-Group").ShouldBe(["system:nodes", "platform"]);
    }

    [Theory]
    [InlineData("as: \"robot\\r\\nImpersonate-User: admin\"")]
    [InlineData("as: robot\n    as-groups: [\"platform\\u001fImpersonate-Group: system:masters\"]")]
    [InlineData("as: robot\n    as-groups: [\"\"]")]
    public void A_kubeconfig_whose_impersonation_cannot_be_sent_is_refused(string line) =>
        Should.Throw<KubeconfigException>(() => ClientUnderTest.For(new Uri("http://127.0.0.1:1"), user: ["token: fake-token", line])).Message.ShouldContain("as-groups");

    [Theory]
    [InlineData("system:admin", "platform")]
    [InlineData("alice", "system:masters")]
    [InlineData("alice", "SYSTEM:masters")]
    [InlineData("alice", " system:masters")]
    [InlineData("alice", "platform ")]
    [InlineData("alice", "")]
    [InlineData("alice", "platform\u001fImpersonate-Group: system:masters")]
    [InlineData("alice\r\nImpersonate-Group: system:masters", "platform")]
    public async Task An_identity_that_kubernetes_keeps_for_itself_or_that_no_header_carries_is_refused(string subject, string group)
    {
        await using var server = await StartAsync(tls: false);
        using var client = ClientFor(server, tls: false);
        var caller = new Caller(subject, subject, "codex", ["sre", group], [], Namespaces: null);

        Should.Throw<KubernetesException>(() => client.Access.Open(caller, clusterName: null, ClientUnderTest.Namespace)).Failure.ShouldBe(KubernetesFailure.Forbidden);
        server.Requests.ShouldBeEmpty();
    }

    private Task<FakeApiServer> StartAsync(bool tls) =>
        FakeApiServer.StartAsync(context => FakeApiServer.JsonAsync(context, ConfigMap), tls ? _authority.IssueServer("api") : null);

    private ClientUnderTest ClientFor(FakeApiServer server, bool tls) =>
        ClientUnderTest.For(server.Address, tls ? [$"certificate-authority-data: {KubeconfigText.Base64(_authority.Pem)}"] : null, impersonate: true);

    private static Task<ConfigMap> GetAsync(ClientUnderTest client, string subject, params string[] groups) =>
        OpenAs(client, subject, groups).GetAsync(ApiResource.ConfigMaps, "web", KubernetesJson.Default.ConfigMap, CancellationToken.None);

    private static Task<int> LastAsync(ClientUnderTest client, params string[] groups) => client.Transport.SendAsync(
        ApiRequest.Get("watched") with { IsLasting = true, Impersonation = Impersonation.Fixed("alice", groups) }, static (_, _) => ValueTask.FromResult(0), CancellationToken.None);

    private static NamespaceClient OpenAs(ClientUnderTest client, string subject, string[] groups) =>
        client.Access.Open(new Caller(subject, subject, "codex", groups, [], Namespaces: null), clusterName: null, ClientUnderTest.Namespace);
}
