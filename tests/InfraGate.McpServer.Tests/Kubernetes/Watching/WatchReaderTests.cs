using System.IO.Pipelines;
using System.Text;
using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Kubernetes.Models;
using InfraGate.McpServer.Kubernetes.Watching;

namespace InfraGate.McpServer.Tests.Kubernetes.Watching;

/// <summary>The lines of a watch, however they are cut on their way.</summary>
public sealed class WatchReaderTests
{
    private const string Lines =
        """
        {"type":"ADDED","object":{"metadata":{"name":"one","resourceVersion":"5"},"data":{"key":"välue"}}}
        {"object":{"metadata":{"name":"one","resourceVersion":"6"}},"type":"MODIFIED"}
        {"type":"DELETED","object":{"metadata":{"name":"one","resourceVersion":"7"}}}
        {"type":"BOOKMARK","object":{"kind":"ConfigMap","metadata":{"resourceVersion":"9","creationTimestamp":null}}}

        """;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task Lines_are_read_however_they_arrive(int piece)
    {
        var sink = new Sink();

        await ReadAsync(Encoding.UTF8.GetBytes(Lines.ReplaceLineEndings("\n")), piece, sink);

        sink.Seen.ShouldBe(["Added one 5", "Modified one 6", "Deleted one 7", "Bookmark  9"]);
    }

    [Fact]
    public async Task An_error_ends_the_watch_with_what_it_says()
    {
        var line = """{"type":"ERROR","object":{"kind":"Status","metadata":{},"status":"Failure","reason":"Expired","message":"too old resource version","code":410}}""" + "\n";

        var failure = await Should.ThrowAsync<KubernetesException>(ReadAsync(Encoding.UTF8.GetBytes(line), 1000, new Sink()));

        failure.Failure.ShouldBe(KubernetesFailure.Gone);
    }

    [Theory]
    [InlineData("""{"type":"ADDED","object":{"metadata":""")]
    [InlineData("""{"type":"ADDED","object":{"metadata":{}}}""")]
    [InlineData("not json\n")]
    [InlineData("{\"type\":\"SURPRISE\",\"object\":{}}\n")]
    [InlineData("null\n")]
    public async Task What_is_no_watch_is_a_failure(string text) =>
        (await Should.ThrowAsync<KubernetesException>(ReadAsync(Encoding.UTF8.GetBytes(text), 1000, new Sink()))).Failure.ShouldBe(KubernetesFailure.ServerError);

    private static async Task ReadAsync(byte[] bytes, int piece, Sink sink)
    {
        var pipe = new Pipe();
        var writing = Task.Run(async () =>
        {
            for (var at = 0; at < bytes.Length; at += piece)
            {
                await pipe.Writer.WriteAsync(bytes.AsMemory(at, Math.Min(piece, bytes.Length - at)));
            }

            await pipe.Writer.CompleteAsync();
        });
        await WatchReader.ReadAsync(pipe.Reader.AsStream(), KubernetesJson.Default.ConfigMap, sink, CancellationToken.None);
        await writing;
    }

    private sealed class Sink : IWatchSink<ConfigMap>
    {
        public List<string> Seen { get; } = [];

        public void Opened() => Seen.Add("opened");

        public void Take(WatchEventType type, ConfigMap item) => Seen.Add($"{type} {item.Metadata.Name} {item.Metadata.ResourceVersion}");
    }
}
