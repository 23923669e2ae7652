using System.Text.Json.Nodes;
using InfraGate.RealParts.Clusters;

namespace InfraGate.RealParts.ControlPlane;

/// <summary>
/// The API server's own audit log as the counter of writes. Events are written when a request arrives and before it is handled
/// (blocking mode, stage RequestReceived), so that a caller that has its answer is already counted, and one whose answer was cut is too.
/// </summary>
internal static class AuditPolicy
{
    public static string Yaml { get; } =
        $"""
        apiVersion: audit.k8s.io/v1
        kind: Policy
        omitStages: [ResponseStarted, ResponseComplete]
        rules:
        - level: None
          users: ["{ControlPlanePki.AdminUser}", "{ControlPlanePki.KubeletUser}", "{ControlPlanePki.ControllersUser}", "system:apiserver"]
        - level: Metadata
          verbs: [create, update, patch, delete, deletecollection]
        - level: None

        """;

    /// <summary>Reads the writes from the log; a last line that is still being written is left for the next reading.</summary>
    public static async Task<IReadOnlyList<ObservedWrite>> ReadAsync(string logFile, string? inNamespace, CancellationToken cancellationToken)
    {
        if (!File.Exists(logFile))
            return [];
        await using var stream = new FileStream(logFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        var text = await reader.ReadToEndAsync(cancellationToken);
        var complete = text[..(text.LastIndexOf('\n') + 1)];
        return
        [
            .. complete.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonNode.Parse(line)!)
                .Where(entry => (string?)entry["stage"] == "RequestReceived")
                .Select(ToWrite)
                .Where(write => !ObservedWrite.ChangesNothing(write.Path))
                .Where(write => inNamespace is null || write.Namespace == inNamespace),
        ];
    }

    private static ObservedWrite ToWrite(JsonNode entry) => new(
        (string)entry["verb"]!,
        (string)entry["requestURI"]!,
        (string?)entry["objectRef"]?["namespace"] ?? "",
        (string?)entry["user"]?["username"] ?? "");
}
