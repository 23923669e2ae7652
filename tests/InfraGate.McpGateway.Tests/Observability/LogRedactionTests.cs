using InfraGate.McpGateway.Observability;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace InfraGate.McpGateway.Tests.Observability;

public sealed class LogRedactionTests
{
    private const string Token = "ghp_" + "Z1y2X3w4V5u6T7s8R9q0P1o2N3m4L5k6J7i8";

    [Fact]
    public void A_credential_that_a_library_logs_is_hidden_in_message_values_and_exception()
    {
        IReadOnlyList<KeyValuePair<string, object?>> values = [new("ToolName", "get_" + Token), new("Count", 7), new("{OriginalFormat}", "{ToolName} {Count}")];
        var entry = new LogEntry<IReadOnlyList<KeyValuePair<string, object?>>>(
            LogLevel.Error, "Some.Library", default, values, new InvalidOperationException("no " + Token), (_, _) => $"get_{Token} threw");
        using var written = new StringWriter();

        new JsonLineFormatter(TimeProvider.System).Write(entry, scopeProvider: null, written);

        written.ToString().ShouldNotContain(Token);
        written.ToString().ShouldContain("get_[redacted:github-token] threw");
        written.ToString().ShouldContain("\"Count\":\"7\"");
    }
}
