using System.Text;
using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Kubernetes.Models;
using InfraGate.McpServer.Tests.Support;
using InfraGate.RealParts.Files;
using Microsoft.AspNetCore.Http;

namespace InfraGate.McpServer.Tests.Kubernetes;

/// <summary>What the client presents, and how it renews that, over a real socket.</summary>
public sealed class CredentialTests : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.Create("credentials");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_user_name_and_password_are_sent_as_basic()
    {
        await using var server = await AcceptingAsync("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("alice:s3cret")));
        using var client = ClientUnderTest.For(server.Address, user: ["username: alice", "password: s3cret"]);

        await GetAsync(client);
    }

    [Fact]
    public async Task A_token_file_that_was_rotated_is_read_again()
    {
        var accepted = "Bearer first";
        await using var server = await FakeApiServer.StartAsync(context => AnswerAsync(context, accepted));
        var file = _folder.Write("token", "first\n");
        using var client = ClientUnderTest.For(server.Address, user: [$"tokenFile: {file}"]);
        await GetAsync(client);

        _folder.Write("token", "second\n");
        accepted = "Bearer second";
        await GetAsync(client);

        server.Requests.Last().Header("Authorization").ShouldBe("Bearer second");
    }

    [Fact]
    public async Task A_revoked_token_is_refused_without_end_in_sight()
    {
        await using var server = await AcceptingAsync("Bearer other");
        using var client = ClientUnderTest.For(server.Address, user: ["token: revoked"]);

        (await Should.ThrowAsync<KubernetesException>(() => GetAsync(client))).Failure.ShouldBe(KubernetesFailure.Unauthorized);
        server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("client.authentication.k8s.io/v1")]
    [InlineData("client.authentication.k8s.io/v1beta1")]
    public async Task A_plugin_is_run_once_and_its_token_kept_until_it_expires(string apiVersion)
    {
        await using var server = await AcceptingAsync("Bearer plugin-1");
        using var client = ClientUnderTest.For(server.Address, user: Plugin(apiVersion, """ "token": "plugin-$n", "expirationTimestamp": "2099-01-01T00:00:00Z" """));

        await GetAsync(client);
        await GetAsync(client);

        Runs().ShouldBe(1);
    }

    [Fact]
    public async Task A_plugins_token_that_has_expired_is_asked_for_again()
    {
        await using var server = await FakeApiServer.StartAsync(context => FakeApiServer.JsonAsync(context, "{}"));
        using var client = ClientUnderTest.For(server.Address, user: Plugin("client.authentication.k8s.io/v1", """ "token": "plugin-$n", "expirationTimestamp": "2020-01-01T00:00:00Z" """));

        await GetAsync(client);
        await GetAsync(client);

        Runs().ShouldBe(2);
    }

    [Fact]
    public async Task A_plugins_token_that_was_refused_is_asked_for_again_within_the_same_call()
    {
        await using var server = await AcceptingAsync("Bearer plugin-2");
        using var client = ClientUnderTest.For(server.Address, user: Plugin("client.authentication.k8s.io/v1", """ "token": "plugin-$n" """));

        await GetAsync(client);

        Runs().ShouldBe(2);
        server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Concurrent_calls_run_a_plugin_once()
    {
        await using var server = await AcceptingAsync("Bearer plugin-1");
        using var client = ClientUnderTest.For(server.Address, user: Plugin("client.authentication.k8s.io/v1", """ "token": "plugin-$n" """));

        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => GetAsync(client)));

        Runs().ShouldBe(1);
    }

    [Fact]
    public async Task A_plugin_gets_its_arguments_as_they_are_written_and_no_shell_sees_them()
    {
        await using var server = await FakeApiServer.StartAsync(context => FakeApiServer.JsonAsync(context, "{}"));
        var injected = _folder.File("injected");
        using var client = ClientUnderTest.For(server.Address, user:
        [
            .. Plugin("client.authentication.k8s.io/v1", """ "token": "plugin-$n" """),
            "  args:",
            $"  - \"; touch {injected}\"",
            "  - $(touch " + injected + ")",
            "  env:",
            "  - name: PLUGIN_SETTING",
            "    value: from kubeconfig",
        ]);

        await GetAsync(client);

        File.Exists(injected).ShouldBeFalse();
        var seen = await File.ReadAllTextAsync(_folder.File("seen"));
        seen.ShouldContain($"; touch {injected}");
        seen.ShouldContain("setting=from kubeconfig");
        seen.ShouldContain("\"kind\":\"ExecCredential\"");
        seen.ShouldContain("\"interactive\":false");
        seen.ShouldContain(server.Address.ToString());
    }

    [Theory]
    [InlineData("exit 3", "exit code 3")]
    [InlineData("echo my-token-is-hunter2", "not JSON")]
    [InlineData("echo '{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{}}'", "neither a token nor")]
    [InlineData("echo '{\"apiVersion\":\"something/else\",\"status\":{\"token\":\"t\"}}'", "no ExecCredential")]
    [InlineData("head -c 300000 /dev/zero", "too much")]
    public async Task A_plugin_that_fails_is_named_and_its_output_is_not_quoted(string script, string why)
    {
        await using var server = await FakeApiServer.StartAsync(context => FakeApiServer.JsonAsync(context, "{}"));
        var plugin = Executable("plugin", $"#!/bin/sh\n{script}\n");
        using var client = ClientUnderTest.For(server.Address, user: ["exec:", "  apiVersion: client.authentication.k8s.io/v1", $"  command: {plugin}"]);

        var failure = await Should.ThrowAsync<KubernetesException>(() => GetAsync(client));

        failure.Failure.ShouldBe(KubernetesFailure.Credential);
        failure.Message.ShouldContain("'plugin'");
        failure.Message.ShouldContain(why);
        failure.ToString().ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task A_plugin_that_is_not_in_the_path_is_said_to_be_missing()
    {
        await using var server = await FakeApiServer.StartAsync(context => FakeApiServer.JsonAsync(context, "{}"));
        using var client = ClientUnderTest.For(server.Address, user: ["exec:", "  apiVersion: client.authentication.k8s.io/v1", "  command: no-such-plugin-anywhere"]);

        (await Should.ThrowAsync<KubernetesException>(() => GetAsync(client))).Message.ShouldContain("not in PATH");
    }

    [Fact]
    public async Task A_proxy_is_used_with_its_credentials()
    {
        await using var proxy = await FakeApiServer.StartAsync(context =>
        {
            if (context.Request.Headers.ContainsKey("Proxy-Authorization"))
            {
                return FakeApiServer.JsonAsync(context, "{}");
            }

            context.Response.StatusCode = 407;
            context.Response.Headers.ProxyAuthenticate = "Basic realm=\"proxy\"";
            return Task.CompletedTask;
        });
        var address = new UriBuilder(proxy.Address) { UserName = "carol", Password = "p%40ss" }.Uri;
        using var client = ClientUnderTest.For(new Uri("http://cluster.example:6443"), [$"proxy-url: {address}"]);

        await GetAsync(client);

        var request = proxy.Requests.Last();
        request.Host.ShouldBe("cluster.example:6443");
        request.Header("Proxy-Authorization").ShouldBe("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("carol:p@ss")));
    }

    /// <summary>A plugin that counts its runs and notes what it was given.</summary>
    private string[] Plugin(string apiVersion, string status)
    {
        var script = Executable("plugin", $$"""
            #!/bin/sh
            echo run >> '{{_folder.File("runs")}}'
            n=$(wc -l < '{{_folder.File("runs")}}' | tr -d ' ')
            { for argument in "$@"; do echo "$argument"; done; echo "setting=$PLUGIN_SETTING"; echo "$KUBERNETES_EXEC_INFO"; } > '{{_folder.File("seen")}}'
            cat <<EOF
            { "apiVersion": "{{apiVersion}}", "kind": "ExecCredential", "status": { {{status}} } }
            EOF

            """);
        return ["exec:", $"  apiVersion: {apiVersion}", $"  command: {script}", "  provideClusterInfo: true"];
    }

    private string Executable(string name, string content)
    {
        var path = _folder.Write(name, content);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return path;
    }

    private int Runs() => File.ReadAllLines(_folder.File("runs")).Length;

    private static Task<FakeApiServer> AcceptingAsync(string authorization) => FakeApiServer.StartAsync(context => AnswerAsync(context, authorization));

    private static Task AnswerAsync(HttpContext context, string authorization) =>
        context.Request.Headers.Authorization == authorization ? FakeApiServer.JsonAsync(context, "{}") : FakeApiServer.StatusAsync(context, 401, "Unauthorized", "Unauthorized");

    private static Task<ConfigMap> GetAsync(ClientUnderTest client) =>
        client.Client.GetAsync(ApiResource.ConfigMaps, "web", KubernetesJson.Default.ConfigMap, CancellationToken.None);
}
