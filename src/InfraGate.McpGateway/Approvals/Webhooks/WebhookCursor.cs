using System.Globalization;
using InfraGate.McpGateway.Configuration;

namespace InfraGate.McpGateway.Approvals.Webhooks;

/// <summary>How far in the audit trail the webhook has told: one number in a file of the approval root, replaced as a whole.</summary>
internal sealed class WebhookCursor(GatewayOptions options)
{
    private readonly string _path = Path.Combine(options.Storage.ApprovalRoot, "webhook-cursor");

    /// <summary>The number; null when there is none yet.</summary>
    public long? Read() => File.Exists(_path) && long.TryParse(File.ReadAllText(_path), CultureInfo.InvariantCulture, out var sequence) ? sequence : null;

    /// <summary>Begins at a place, without telling what came before it.</summary>
    public long Start(long sequence)
    {
        Write(sequence);
        return sequence;
    }

    /// <summary>Moves on.</summary>
    public void Write(long sequence)
    {
        var next = _path + ".next";
        File.WriteAllText(next, sequence.ToString(CultureInfo.InvariantCulture));
        File.Move(next, _path, overwrite: true);
    }
}
