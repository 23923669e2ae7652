using InfraGate.Sandbox.Hosting;

namespace InfraGate.Sandbox.Tests.Hosting;

public sealed class SandboxOptionsTests
{
    [Fact]
    public void Arguments_and_environment_are_read()
    {
        var environment = new Dictionary<string, string>
        {
            ["SANDBOX_READY_DELAY_MS"] = "250",
            ["SANDBOX_KUBERNETES_VERSION"] = "v1.20.2",
            ["SANDBOX_FILL"] = "pods:10000,deployments:20",
        };

        var options = SandboxOptions.Parse(["--port", "4000", "--kubeconfig=/tmp/x", "--token", "t", "--tls"], environment.GetValueOrDefault);

        options.Port.ShouldBe(4000);
        options.KubeconfigPath.ShouldBe("/tmp/x");
        options.Token.ShouldBe("t");
        options.Tls.ShouldBeTrue();
        options.ReadyDelay.ShouldBe(TimeSpan.FromMilliseconds(250));
        options.Minor.ShouldBe(20);
        options.Fill["pods"].ShouldBe(10_000);
    }

    [Fact]
    public void Every_mistake_is_named_at_once()
    {
        var environment = new Dictionary<string, string> { ["SANDBOX_FILL"] = "secrets:3", ["SANDBOX_KUBERNETES_VERSION"] = "2.0" };

        var failure = Should.Throw<OptionsException>(() =>
            SandboxOptions.Parse(["--port", "99999", "--address", "0.0.0.0", "--wat", "x"], environment.GetValueOrDefault));

        foreach (var part in new[] { "--port", "--address", "loopback only", "--wat", "SANDBOX_FILL", "SANDBOX_KUBERNETES_VERSION" })
        {
            failure.Message.ShouldContain(part);
        }
    }

    [Fact]
    public void Tokens_differ_from_one_sandbox_to_the_next() => new SandboxOptions().Token.ShouldNotBe(new SandboxOptions().Token);
}
