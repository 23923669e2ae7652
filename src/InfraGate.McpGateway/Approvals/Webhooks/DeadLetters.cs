using System.Globalization;
using System.Text.Json;
using InfraGate.McpGateway.Configuration;

namespace InfraGate.McpGateway.Approvals.Webhooks;

/// <summary>
/// The messages that no receiver took, one JSON object a line in <c>webhook-dead-letters.jsonl</c> of the approval root, so that an operator can see who was not told. At 1 MiB the file is
/// moved aside once, replacing an older one: it never grows beyond twice that.
/// </summary>
internal sealed class DeadLetters(GatewayOptions options, TimeProvider time)
{
    private const long Largest = 1_048_576;

    private readonly string _path = Path.Combine(options.Storage.ApprovalRoot, "webhook-dead-letters.jsonl");

    /// <summary>Keeps a message.</summary>
    public void Add(WebhookMessage message, string problem)
    {
        if (File.Exists(_path) && new FileInfo(_path).Length > Largest)
        {
            File.Move(_path, _path + ".1", overwrite: true);
        }

        var at = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        File.AppendAllText(_path, JsonSerializer.Serialize(new { at, problem, message }) + "\n");
    }
}
