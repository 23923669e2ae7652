using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using InfraGate.McpServer.Kubernetes.Models;

namespace InfraGate.McpServer.Kubernetes.Watching;

/// <summary>Reads a watch's lines while they arrive.</summary>
internal static class WatchReader
{
    /// <summary>Bytes. etcd refuses objects of more than 1.5 MiB.</summary>
    private const int LongestLine = 4 * 1024 * 1024;

    /// <summary>Returns when the API server has ended the watch.</summary>
    /// <exception cref="KubernetesException">It ended it with an error, or what it wrote is no watch.</exception>
    public static async Task ReadAsync<T>(Stream body, JsonTypeInfo<T> type, IWatchSink<T> sink, CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(body, new StreamPipeReaderOptions(leaveOpen: true));
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync(cancellationToken);
                var rest = result.Buffer;
                while (rest.PositionOf((byte)'\n') is { } end)
                {
                    Take(rest.Slice(0, end), type, sink);
                    rest = rest.Slice(rest.GetPosition(1, end));
                }

                if (rest.Length > LongestLine || (result.IsCompleted && !rest.IsEmpty))
                {
                    throw new KubernetesException(KubernetesFailure.ServerError, "The API server's watch has a line that does not end.");
                }

                reader.AdvanceTo(rest.Start, rest.End);
                if (result.IsCompleted)
                {
                    return;
                }
            }
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    private static void Take<T>(ReadOnlySequence<byte> line, JsonTypeInfo<T> type, IWatchSink<T> sink)
    {
        try
        {
            var json = new Utf8JsonReader(line);
            var read = JsonSerializer.Deserialize(ref json, KubernetesJson.Default.WatchLine) ?? throw new JsonException("A watch's line is null.");
            if (read.Type is "ERROR")
            {
                throw Failure(read.Object.Deserialize(KubernetesJson.Default.StatusObject));
            }

            sink.Take(TypeOf(read.Type), read.Object.Deserialize(type) ?? throw new JsonException("A watch's object is null."));
        }
        catch (JsonException exception)
        {
            throw new KubernetesException(KubernetesFailure.ServerError, "The API server's watch is not the JSON it should be.", exception);
        }
    }

    private static WatchEventType TypeOf(string? type) => type switch
    {
        "ADDED" => WatchEventType.Added,
        "MODIFIED" => WatchEventType.Modified,
        "DELETED" => WatchEventType.Deleted,
        "BOOKMARK" => WatchEventType.Bookmark,
        _ => throw new JsonException("The type of a watch's line is unknown."),
    };

    private static KubernetesException Failure(StatusObject? status) => new(
        status is { Code: 410 } or { Reason: "Expired" or "Gone" } ? KubernetesFailure.Gone : KubernetesFailure.ServerError,
        "The API server ended the watch with an error.")
    {
        Reason = status?.Reason,
        Status = status?.Code,
    };
}
