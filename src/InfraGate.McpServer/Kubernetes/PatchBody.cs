using System.Text.Json;
using System.Text.Json.Nodes;

namespace InfraGate.McpServer.Kubernetes;

/// <summary>The body of a patch, with its preconditions where the API server looks for them.</summary>
internal static class PatchBody
{
    public static string MediaType(PatchKind kind) => kind switch
    {
        // JSON is YAML; the API server has no apply media type of its own for it before 1.33.
        PatchKind.Apply => "application/apply-patch+yaml",
        PatchKind.StrategicMerge => "application/strategic-merge-patch+json",
        PatchKind.Merge => "application/merge-patch+json",
        PatchKind.Json => "application/json-patch+json",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static byte[] Write(PatchKind kind, JsonNode patch, Preconditions preconditions) =>
        JsonSerializer.SerializeToUtf8Bytes(
            preconditions == Preconditions.None ? patch : kind is PatchKind.Json ? WithTests(patch, preconditions) : WithMetadata(patch, preconditions),
            Models.KubernetesJson.Default.JsonNode);

    private static JsonObject WithMetadata(JsonNode patch, Preconditions preconditions)
    {
        var copy = patch.DeepClone().AsObject();
        var metadata = copy["metadata"] as JsonObject ?? [];
        copy["metadata"] = metadata;
        if (preconditions.Uid is { } uid)
        {
            metadata["uid"] = uid;
        }

        if (preconditions.ResourceVersion is { } version)
        {
            metadata["resourceVersion"] = version;
        }

        return copy;
    }

    private static JsonArray WithTests(JsonNode patch, Preconditions preconditions)
    {
        var operations = new JsonArray();
        Test("/metadata/uid", preconditions.Uid);
        Test("/metadata/resourceVersion", preconditions.ResourceVersion);
        foreach (var operation in patch.AsArray())
        {
            operations.Add(operation?.DeepClone());
        }

        return operations;

        void Test(string path, string? value)
        {
            if (value is not null)
            {
                operations.Add((JsonNode)new JsonObject { ["op"] = "test", ["path"] = path, ["value"] = value });
            }
        }
    }
}
