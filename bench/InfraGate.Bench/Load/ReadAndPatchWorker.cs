using System.Net.Http.Headers;
using System.Text;
using InfraGate.Bench.Beds;
using InfraGate.RealParts.Clusters;

namespace InfraGate.Bench.Load;

/// <summary>The two calls to the API server that a change of image needs at least: read the Deployment, patch it.</summary>
/// <param name="http">Speaks with InfraGate's rights.</param>
/// <param name="namespace">Where the Deployment is.</param>
/// <param name="deployment">Its name.</param>
/// <param name="dryRun">True for what a plan needs, false for what an apply needs.</param>
internal sealed class ReadAndPatchWorker(HttpClient http, string @namespace, string deployment, bool dryRun) : IWorker
{
    private readonly string _path = KubePath.Deployment(@namespace, deployment);
    private int _calls;

    public async Task<CallOutcome> CallAsync(CancellationToken cancellationToken)
    {
        using var read = await http.GetAsync(new Uri(_path, UriKind.Relative), cancellationToken);
        var body = await read.Content.ReadAsByteArrayAsync(cancellationToken);
        using var patch = new HttpRequestMessage(HttpMethod.Patch, _path + (dryRun ? "?dryRun=All" : "")) { Content = Patch() };
        using var patched = await http.SendAsync(patch, cancellationToken);
        var result = await patched.Content.ReadAsByteArrayAsync(cancellationToken);
        var isOk = read.IsSuccessStatusCode && patched.IsSuccessStatusCode;
        return new CallOutcome(body.Length + result.Length, isOk ? null : $"{(int)read.StatusCode} and {(int)patched.StatusCode} for {_path}");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private ByteArrayContent Patch()
    {
        var image = $"registry.example/shop/service:1.6.{_calls++ % 2}";
        var json = $$$"""{"spec":{"template":{"spec":{"containers":[{"name":"{{{BareObjects.Container}}}","image":"{{{image}}}"}]}} }}""";
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/strategic-merge-patch+json");
        return content;
    }
}
