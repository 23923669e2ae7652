using System.Text;
using InfraGate.Bench.Mcp;

namespace InfraGate.Bench.Load;

/// <summary>Asks an MCP server the same question again and again in a session of its own.</summary>
internal sealed class McpWorker(McpConnection connection, string method, string parameters) : IWorker
{
    private const int QuotedCharacters = 400;

    public async Task<CallOutcome> CallAsync(CancellationToken cancellationToken)
    {
        var answer = await connection.SendAsync(method, parameters, cancellationToken);
        return new CallOutcome(answer.Bytes, answer.IsSuccess ? null : Quote(answer));
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private static string Quote(McpAnswer answer)
    {
        var text = Encoding.UTF8.GetString(answer.Payload.Span[..Math.Min(answer.Payload.Length, QuotedCharacters)]);
        return $"{answer.Status} {text}";
    }
}
