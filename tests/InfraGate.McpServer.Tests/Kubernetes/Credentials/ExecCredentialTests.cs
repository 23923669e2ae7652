using System.Diagnostics;
using System.Text.Json;
using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Kubernetes.Config;
using InfraGate.McpServer.Kubernetes.Credentials;
using InfraGate.McpServer.Kubernetes.Http;
using InfraGate.McpServer.Tests.Support;
using InfraGate.RealParts.Certificates;
using InfraGate.RealParts.Files;
using InfraGate.RealParts.Waiting;
using Microsoft.Extensions.Logging;

namespace InfraGate.McpServer.Tests.Kubernetes.Credentials;

/// <summary>Plugins that take their time, and answers that do not fit, with real processes.</summary>
public sealed class ExecCredentialTests : IDisposable
{
    private const string ApiVersion = "client.authentication.k8s.io/v1";
    private readonly TemporaryFolder _folder = TemporaryFolder.Create("plugins");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_plugin_that_hangs_is_ended_at_its_limit_and_named()
    {
        using var credential = Credential(Plugin("exec sleep 600"), TimeSpan.FromSeconds(3));

        var failure = await Should.ThrowAsync<KubernetesException>(async () => await credential.GetAsync(CancellationToken.None));

        failure.Failure.ShouldBe(KubernetesFailure.Credential);
        failure.Message.ShouldBe("The credential plugin 'plugin' did not answer within 3 s; run by hand with its arguments it shows what it waits for.");
        await HasEndedAsync();
    }

    [Fact]
    public async Task All_who_wait_behind_a_plugin_that_hangs_fail_at_its_limit_and_not_one_after_the_other()
    {
        using var credential = Credential(Plugin("exec sleep 600"), TimeSpan.FromSeconds(3));

        var waiting = Enumerable.Range(0, 8).Select(_ => credential.GetAsync(CancellationToken.None).AsTask()).ToArray();

        foreach (var one in waiting)
        {
            (await Should.ThrowAsync<KubernetesException>(() => one)).Failure.ShouldBe(KubernetesFailure.Credential);
        }

        // None where the limit came before the plugin had noted that it runs.
        Runs().Length.ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public async Task One_who_no_longer_waits_leaves_at_once_and_does_not_end_the_plugin_for_the_others()
    {
        using var credential = Credential(Plugin(OnceAllowed(Answer(""" "token": "late" """))), TimeSpan.FromMinutes(5));
        using var leaving = new CancellationTokenSource();
        var impatient = credential.GetAsync(leaving.Token).AsTask();
        var patient = credential.GetAsync(CancellationToken.None).AsTask();

        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => impatient);
        _folder.Write("allowed", "");

        (await patient).Authorization.ShouldBe("Bearer late");
        Runs().Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_plugin_that_still_runs_ends_with_the_connection()
    {
        var credential = Credential(Plugin("exec sleep 600"), TimeSpan.FromMinutes(5));
        var waiting = credential.GetAsync(CancellationToken.None).AsTask();
        await StartedAsync();

        credential.Dispose();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        await HasEndedAsync();
    }

    [Fact]
    public async Task A_plugin_that_takes_longer_than_a_request_may_is_waited_for()
    {
        var time = new ManualTime();
        await using var server = await FakeApiServer.StartAsync(context => FakeApiServer.JsonAsync(context, "{}"));
        var config = _folder.Write("config", KubeconfigText.For(server.Address, user: ["exec:", $"  apiVersion: {ApiVersion}", $"  command: {Plugin(OnceAllowed(Answer(""" "token": "late" """)))}"]));
        using var transport = new ClusterTransport(new ConnectionBuilder(KubeconfigLoader.Load([config]), isProduction: false, time).Build(contextName: null), time, NullLog.Factory.CreateLogger("test"));

        var request = transport.SendAsync(ApiRequest.Get("version"), static (_, _) => ValueTask.FromResult(true), CancellationToken.None);
        await StartedAsync();
        time.Advance(ApiRequest.DefaultTimeout + TimeSpan.FromSeconds(1));
        _folder.Write("allowed", "");

        (await request).ShouldBeTrue();
        server.Requests.ShouldHaveSingleItem().Header("Authorization").ShouldBe("Bearer late");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_certificate_is_taken_with_its_own_key_alone(bool isItsOwn)
    {
        using var authority = new CertificateAuthority("test");
        var (one, other) = (authority.IssueClient("alice"), authority.IssueClient("alice"));
        var key = isItsOwn ? one.KeyPem : other.KeyPem;
        var answer = Answer($""" "clientCertificateData": {JsonSerializer.Serialize(one.CertificatePem)}, "clientKeyData": {JsonSerializer.Serialize(key)} """);
        using var credential = Credential(Plugin($"cat '{_folder.Write("answer", answer)}'"), TimeSpan.FromMinutes(5));

        var presented = async () => await credential.GetAsync(CancellationToken.None);

        if (isItsOwn)
        {
            (await presented()).Certificate!.Count.ShouldBe(1);
        }
        else
        {
            var failure = await Should.ThrowAsync<KubernetesException>(presented);
            failure.Failure.ShouldBe(KubernetesFailure.Credential);
            failure.Message.ShouldBe("The credential plugin 'plugin' answered a client certificate and a key that are no PEM pair.");
        }
    }

    private static ExecCredential Credential(string command, TimeSpan limit) =>
        new(new ExecPlugin(new ExecEntry { ApiVersion = ApiVersion, Command = command }, cluster: null, limit), ApiVersion, TimeProvider.System);

    private static string Answer(string status) => $$"""{ "apiVersion": "{{ApiVersion}}", "kind": "ExecCredential", "status": { {{status}} } }""";

    /// <summary>A script that answers only once there is a file named allowed.</summary>
    private string OnceAllowed(string answer) => $"while [ ! -e '{_folder.File("allowed")}' ]; do sleep 0.02; done\ncat '{_folder.Write("answer", answer)}'";

    /// <summary>A plugin that notes its process and then does what the script says.</summary>
    private string Plugin(string script)
    {
        var path = _folder.Write("plugin", $"#!/bin/sh\necho $$ >> '{_folder.File("runs")}'\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return path;
    }

    /// <summary>The processes that plugins have noted so far.</summary>
    private int[] Runs() => File.Exists(_folder.File("runs")) ? [.. File.ReadAllLines(_folder.File("runs")).Select(int.Parse)] : [];

    private Task StartedAsync() => Eventually.TrueAsync(() => Task.FromResult(Runs().Length == 1));

    private Task HasEndedAsync()
    {
        var noted = Runs();
        noted.Length.ShouldBeLessThanOrEqualTo(1);
        return Eventually.TrueAsync(() => Task.FromResult(!Process.GetProcesses().Any(running => noted.Contains(running.Id))));
    }
}
