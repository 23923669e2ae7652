using System.Text;
using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Logs;
using InfraGate.Sandbox.Storage;
using InfraGate.Sandbox.Validation;

namespace InfraGate.Sandbox.Api;

/// <summary>Streams container logs: container, previous, tailLines, limitBytes, sinceSeconds, sinceTime, timestamps, follow.</summary>
internal sealed class PodLogHandler(ObjectStore store, LogBook logs, TimeProvider time)
{
    private const int FlushAfter = 32 * 1024;
    private static readonly TimeSpan FollowInterval = TimeSpan.FromMilliseconds(500);

    public async Task HandleAsync(ApiRequest request)
    {
        CheckNumbers(request);
        var pod = Find(request);
        var container = Container(request, pod);
        var previous = request.Flag("previous");
        var log = logs.Open(pod, container, previous);
        var response = request.Http.Response;
        response.ContentType = "text/plain";
        var budget = request.Number("limitBytes") ?? long.MaxValue;
        var next = await WriteAsync(request, log, First(request, log), budget);
        while (request.Flag("follow") && !previous && store.Find(request.Resource.Type, request.Namespace!, request.Name!) is { } current)
        {
            await response.Body.FlushAsync(request.Cancelled);
            await Task.Delay(FollowInterval, time, request.Cancelled);
            next = await WriteAsync(request, logs.Open(current.Parse(), container, previous), next, budget);
        }
    }

    private static void CheckNumbers(ApiRequest request)
    {
        var mistakes = new List<FieldError>();
        if (request.Number("tailLines") is < 0)
        {
            mistakes.Add(FieldError.Invalid("tailLines", request.Number("tailLines"), "must be greater than or equal to 0"));
        }

        if (request.Number("limitBytes") is < 1)
        {
            mistakes.Add(FieldError.Invalid("limitBytes", request.Number("limitBytes"), "must be greater than 0"));
        }

        if (request.Number("sinceSeconds") is < 1)
        {
            mistakes.Add(FieldError.Invalid("sinceSeconds", request.Number("sinceSeconds"), "must be greater than 0"));
        }

        if (mistakes.Count > 0)
        {
            throw KubernetesError.Invalid(string.Empty, "PodLogOptions", "PodLogOptions", request.Name!, mistakes);
        }
    }

    private static string Container(ApiRequest request, JsonObject pod)
    {
        var names = pod.Items("spec", "containers").Select(item => item.Text("name")!).ToList();
        var initial = pod.Items("spec", "initContainers").Select(item => item.Text("name")!).ToList();
        var asked = request.Query["container"].ToString();
        if (asked.Length > 0)
        {
            return names.Concat(initial).Contains(asked) ? asked : throw KubernetesError.BadRequest($"container {asked} is not valid for pod {request.Name}");
        }

        if (names.Count == 1 && initial.Count == 0)
        {
            return names[0];
        }

        var also = initial.Count > 0 ? $" or one of the init containers: [{string.Join(' ', initial)}]" : string.Empty;
        throw KubernetesError.BadRequest($"a container name must be specified for pod {request.Name}, choose one of: [{string.Join(' ', names)}]{also}");
    }

    private long First(ApiRequest request, ContainerLog log)
    {
        var first = request.Number("tailLines") is { } tail ? Math.Max(0, log.Count - tail) : 0;
        var since = request.Number("sinceSeconds") is { } seconds
            ? time.GetUtcNow().AddSeconds(-seconds)
            : Timestamps.Parse(request.Query["sinceTime"].ToString());
        while (since is not null && first < log.Count && log[first].Time < since)
        {
            first++;
        }

        return first;
    }

    private static async Task<long> WriteAsync(ApiRequest request, ContainerLog log, long from, long budget)
    {
        var timestamps = request.Flag("timestamps");
        var chunk = new MemoryStream();
        var index = from;
        for (; index < log.Count && budget > 0; index++)
        {
            var (time, text) = log[index];
            var line = Encoding.UTF8.GetBytes((timestamps ? Timestamps.Nanoseconds(time) + " " : string.Empty) + text + "\n");
            var length = (int)Math.Min(budget, line.Length);
            chunk.Write(line, 0, length);
            budget -= length;
            if (chunk.Length >= FlushAfter)
            {
                await request.Http.Response.Body.WriteAsync(chunk.ToArray(), request.Cancelled);
                chunk.SetLength(0);
            }
        }

        await request.Http.Response.Body.WriteAsync(chunk.ToArray(), request.Cancelled);
        return index;
    }

    private JsonObject Find(ApiRequest request) =>
        store.Find(request.Resource.Type, request.Namespace!, request.Name!)?.Parse() ?? throw KubernetesError.NotFound(request.Resource, request.Name!);
}
