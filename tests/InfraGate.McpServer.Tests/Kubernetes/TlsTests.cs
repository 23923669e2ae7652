using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Kubernetes.Config;
using InfraGate.McpServer.Kubernetes.Http;
using InfraGate.McpServer.Kubernetes.Models;
using InfraGate.McpServer.Tests.Support;
using InfraGate.RealParts.Certificates;
using InfraGate.RealParts.Files;

namespace InfraGate.McpServer.Tests.Kubernetes;

/// <summary>TLS to the cluster, as the kubeconfig says, over a real socket.</summary>
public sealed class TlsTests : IDisposable
{
    private const string Object = """{ "metadata": { "name": "web" } }""";
    private readonly CertificateAuthority _authority = new("cluster");

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task A_verified_server_is_asked_and_written_to_over_one_connection_and_watched_in_http_2()
    {
        await using var server = await StartAsync();
        using var client = ClientUnderTest.For(server.Address, [Authority()]);

        await GetAsync(client);
        await DeleteAsync(client);
        await client.Transport.SendAsync(ApiRequest.Get("watched") with { IsLasting = true }, static (_, _) => ValueTask.FromResult(0), CancellationToken.None);

        server.Requests.Select(request => request.Protocol).ShouldBe(["HTTP/1.1", "HTTP/1.1", "HTTP/2"]);
    }

    [Fact]
    public async Task A_server_of_another_authority_gets_no_token()
    {
        using var foreign = new CertificateAuthority("foreign");
        await using var server = await FakeApiServer.StartAsync(AnswerAsync, foreign.IssueServer("api"));
        using var client = ClientUnderTest.For(server.Address, [Authority()]);

        var failure = await Should.ThrowAsync<KubernetesException>(() => GetAsync(client));

        failure.Failure.ShouldBe(KubernetesFailure.TlsRefused);
        failure.Message.ShouldContain("certificate");
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_expired_certificate_is_refused()
    {
        await using var server = await FakeApiServer.StartAsync(AnswerAsync, _authority.IssueServer("api", TimeSpan.FromHours(-1)));
        using var client = ClientUnderTest.For(server.Address, [Authority()]);

        (await Should.ThrowAsync<KubernetesException>(() => GetAsync(client))).Failure.ShouldBe(KubernetesFailure.TlsRefused);
    }

    [Fact]
    public async Task The_tls_server_name_is_sent_and_verified()
    {
        var names = new List<string?>();
        await using var server = await FakeApiServer.StartAsync(AnswerAsync, _authority.IssueServer("api"), onServerName: names.Add);
        using var right = ClientUnderTest.For(server.Address, [Authority(), "tls-server-name: kubernetes.default.svc"]);
        using var wrong = ClientUnderTest.For(server.Address, [Authority(), "tls-server-name: other.example"]);

        await GetAsync(right);
        await Should.ThrowAsync<KubernetesException>(() => GetAsync(wrong));

        names.ShouldContain("kubernetes.default.svc");
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Skipping_verification_is_honoured_but_not_in_production()
    {
        using var foreign = new CertificateAuthority("foreign");
        await using var server = await FakeApiServer.StartAsync(AnswerAsync, foreign.IssueServer("api"));
        using var client = ClientUnderTest.For(server.Address, ["insecure-skip-tls-verify: true"]);

        await GetAsync(client);

        server.Requests.Count.ShouldBe(1);
        Should.Throw<KubeconfigException>(() => ClientUnderTest.For(server.Address, ["insecure-skip-tls-verify: true"], production: true)).Message.ShouldContain("Production");
    }

    [Fact]
    public async Task An_ecdsa_client_certificate_inline_is_presented()
    {
        await using var server = await FakeApiServer.StartAsync(AnswerAsync, _authority.IssueServer("api"), wantsClientCertificate: true);
        var issued = _authority.IssueClient("alice", "platform");
        using var client = ClientUnderTest.For(
            server.Address,
            [Authority()],
            [$"client-certificate-data: {KubeconfigText.Base64(issued.CertificatePem)}", $"client-key-data: {KubeconfigText.Base64(issued.KeyPem)}"]);

        await GetAsync(client);

        server.Requests.Single().ClientCertificate.ShouldNotBeNull().ShouldContain("CN=alice");
    }

    [Fact]
    public async Task An_rsa_client_certificate_in_files_is_presented()
    {
        await using var server = await FakeApiServer.StartAsync(AnswerAsync, _authority.IssueServer("api"), wantsClientCertificate: true);
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=bob", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var folder = TemporaryFolder.Create("client");
        var certificateFile = folder.Write("client.crt", certificate.ExportCertificatePem());
        var keyFile = folder.Write("client.key", key.ExportRSAPrivateKeyPem());
        using var client = ClientUnderTest.For(server.Address, [Authority()], [$"client-certificate: {certificateFile}", $"client-key: {keyFile}"]);

        await GetAsync(client);

        server.Requests.Single().ClientCertificate.ShouldBe("CN=bob");
    }

    private Task<FakeApiServer> StartAsync() => FakeApiServer.StartAsync(AnswerAsync, _authority.IssueServer("api"));

    private string Authority() => $"certificate-authority-data: {KubeconfigText.Base64(_authority.Pem)}";

    private static Task AnswerAsync(Microsoft.AspNetCore.Http.HttpContext context) => FakeApiServer.JsonAsync(context, Object);

    private static Task<ConfigMap> GetAsync(ClientUnderTest client) =>
        client.Client.GetAsync(ApiResource.ConfigMaps, "web", KubernetesJson.Default.ConfigMap, CancellationToken.None);

    private static Task<WriteResult> DeleteAsync(ClientUnderTest client) =>
        client.Client.DeleteAsync(ApiResource.ConfigMaps, "web", DeletePropagation.Background, new WriteOptions(), CancellationToken.None);
}
