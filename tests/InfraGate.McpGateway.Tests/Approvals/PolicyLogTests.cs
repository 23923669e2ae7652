using System.Collections.Concurrent;
using InfraGate.McpGateway.Tests.Support;
using InfraGate.Plans.Policy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace InfraGate.McpGateway.Tests.Approvals;

public sealed class PolicyLogTests
{
    [Fact]
    public async Task The_log_says_once_that_a_version_of_the_policy_was_refused_and_that_it_was_mended()
    {
        var path = Path.Combine(Path.GetTempPath(), $"infragate-policy-{Guid.NewGuid():N}.yaml");
        await File.WriteAllTextAsync(path, "version: 1");
        try
        {
            using var log = new Recorder();
            await using var gateway = await GatewayUnderTest.StartAsync(
                new() { ["K8S_MCP_POLICY_FILE"] = path }, builder => builder.Services.AddSingleton<ILoggerProvider>(log));
            var policies = gateway.Services.GetRequiredService<IPolicySource>();
            _ = policies.Current;

            await File.WriteAllTextAsync(path, "version: 1\ndefaults:\n  mode: nobody");
            _ = (policies.Current, policies.Current);
            await File.WriteAllTextAsync(path, "version: 1\ndefaults:\n  mode: four-eyes");
            _ = (policies.Current, policies.Current);

            var lines = log.Lines.Where(line => line.Contains("policy file", StringComparison.OrdinalIgnoreCase)).ToArray();
            lines.Length.ShouldBe(2);
            lines[0].ShouldStartWith("Error: ");
            lines[0].ShouldContain("line 3");
            lines[1].ShouldStartWith("Information: ");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private sealed class Recorder : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{logLevel}: {formatter(state, exception)}");

        public void Dispose()
        {
        }
    }
}
