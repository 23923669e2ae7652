using InfraGate.McpServer.Kubernetes.Config;
using InfraGate.McpServer.Tests.Support;
using InfraGate.RealParts.Files;

namespace InfraGate.McpServer.Tests.Kubernetes;

/// <summary>Kubeconfigs are read and merged as kubectl does it.</summary>
public sealed class KubeconfigTests : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.Create("kubeconfig");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_first_file_that_says_something_wins_and_files_that_do_not_exist_are_passed_over()
    {
        var first = _folder.Write("first", """
            current-context: a
            contexts: [ { name: a, context: { cluster: one, user: u } } ]
            clusters: [ { name: one, cluster: { server: "https://first.example" } } ]
            """);
        var second = _folder.Write("second", """
            current-context: b
            contexts: [ { name: a, context: { cluster: two, user: u } }, { name: b, context: { cluster: two, user: u } } ]
            clusters: [ { name: one, cluster: { server: "https://shadowed.example" } }, { name: two, cluster: { server: "https://second.example" } } ]
            users: [ { name: u, user: { token: t } } ]
            """);

        var config = KubeconfigLoader.Load([_folder.File("missing"), first, second]);

        config.CurrentContext.ShouldBe("a");
        config.Contexts["a"].Cluster.ShouldBe("one");
        config.Contexts["b"].Cluster.ShouldBe("two");
        config.Clusters["one"].Server.ShouldBe("https://first.example");
        config.Users["u"].Token.ShouldBe("t");
    }

    [Fact]
    public void Relative_paths_start_at_the_file_that_names_them()
    {
        var file = _folder.Write("config", """
            clusters: [ { name: c, cluster: { server: "https://c.example", certificate-authority: pki/ca.crt } } ]
            users:
            - name: u
              user:
                client-certificate: pki/u.crt
                client-key: /absolute/u.key
                tokenFile: token
                exec: { apiVersion: client.authentication.k8s.io/v1, command: ./bin/plugin }
            - name: v
              user: { exec: { apiVersion: client.authentication.k8s.io/v1, command: plugin } }
            """);

        var config = KubeconfigLoader.Load([file]);

        config.Clusters["c"].CertificateAuthority.ShouldBe(Path.Combine(_folder.Path, "pki", "ca.crt"));
        config.Users["u"].ClientCertificate.ShouldBe(Path.Combine(_folder.Path, "pki", "u.crt"));
        config.Users["u"].ClientKey.ShouldBe("/absolute/u.key");
        config.Users["u"].TokenFile.ShouldBe(Path.Combine(_folder.Path, "token"));
        config.Users["u"].Exec!.Command.ShouldBe(Path.Combine(_folder.Path, "bin", "plugin"));
        config.Users["v"].Exec!.Command.ShouldBe("plugin");
    }

    [Fact]
    public void Json_is_read_too()
    {
        var file = _folder.Write("config", """{ "current-context": "a", "clusters": [ { "name": "c", "cluster": { "server": "https://c.example", "insecure-skip-tls-verify": true } } ] }""");

        KubeconfigLoader.Load([file]).Clusters["c"].InsecureSkipTlsVerify.ShouldBeTrue();
    }

    [Fact]
    public void A_file_that_is_no_yaml_is_named_without_quoting_it()
    {
        var file = _folder.Write("config", "users:\n- name: u\n  user: { token: hunter2-secret, :\n  - [");

        var failure = Should.Throw<KubeconfigException>(() => KubeconfigLoader.Load([file]));

        failure.Message.ShouldContain(file);
        failure.Message.ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData("server: ftp://c.example", "token: t", "no http(s) address")]
    [InlineData("insecure-skip-tls-verify: true\n    certificate-authority-data: AAAA", "token: t", "remove one")]
    [InlineData("certificate-authority-data: AAAA", "token: t", "certificate authority")]
    [InlineData("certificate-authority: /no/such/ca.crt", "token: t", "certificate-authority")]
    [InlineData("proxy-url: gopher://proxy", "token: t", "proxy-url")]
    [InlineData("tls-server-name: c", "client-certificate-data: AAAA", "client-key")]
    [InlineData("tls-server-name: c", "client-certificate-data: AAAA\n    client-key-data: AAAA", "no PEM pair")]
    [InlineData("tls-server-name: c", "auth-provider: { name: gcp }", "'gcp'")]
    [InlineData("tls-server-name: c", "exec: { apiVersion: client.authentication.k8s.io/v1alpha1, command: p }", "v1beta1")]
    [InlineData("tls-server-name: c", "exec: { apiVersion: client.authentication.k8s.io/v1, command: p, interactiveMode: Always }", "terminal")]
    public void What_cannot_be_used_is_told_at_the_start(string cluster, string user, string expected)
    {
        var server = cluster.StartsWith("server:", StringComparison.Ordinal) ? cluster : $"server: https://c.example\n    {cluster}";
        var file = _folder.Write("config", $"""
            current-context: a
            contexts:
            - name: a
              context: {"{"} cluster: c, user: u {"}"}
            clusters:
            - name: c
              cluster:
                {server}
            users:
            - name: u
              user:
                {user}
            """);

        Should.Throw<KubeconfigException>(() => Build(file)).Message.ShouldContain(expected);
    }

    [Theory]
    [InlineData("contexts: []", "no current-context")]
    [InlineData("current-context: a", "no context 'a'")]
    [InlineData("current-context: a\ncontexts: [ { name: a, context: { cluster: c } } ]", "cluster 'c'")]
    [InlineData("current-context: a\ncontexts: [ { name: a, context: { cluster: c, user: u } } ]\nclusters: [ { name: c, cluster: { server: 'https://c.example' } } ]", "user 'u'")]
    public void What_is_missing_is_named(string config, string expected) =>
        Should.Throw<KubeconfigException>(() => Build(_folder.Write("config", config))).Message.ShouldContain(expected);

    [Fact]
    public void A_server_with_a_path_keeps_it()
    {
        var connection = Build(_folder.Write("config", KubeconfigText.For(new Uri("https://kcp.example/clusters/root"))));

        new Uri(connection.Server, "api/v1/pods").ToString().ShouldBe("https://kcp.example/clusters/root/api/v1/pods");
    }

    [Fact]
    public void In_cluster_the_service_accounts_files_are_used()
    {
        using var authority = new RealParts.Certificates.CertificateAuthority("cluster");
        _folder.Write("token", "service-account-token");
        _folder.Write("ca.crt", authority.Pem);
        var environment = new Dictionary<string, string> { ["KUBERNETES_SERVICE_HOST"] = "fd00::1", ["KUBERNETES_SERVICE_PORT"] = "6443" };

        var config = new InClusterConfig(environment.GetValueOrDefault, TimeProvider.System, _folder.Path);

        config.IsPresent.ShouldBeTrue();
        config.Build().Server.ShouldBe(new Uri("https://[fd00::1]:6443/"));
        config.Build().Authorities!.Count.ShouldBe(1);
    }

    private static ClusterConnection Build(string file) =>
        new ConnectionBuilder(KubeconfigLoader.Load([file]), isProduction: false, TimeProvider.System).Build(contextName: null);
}
