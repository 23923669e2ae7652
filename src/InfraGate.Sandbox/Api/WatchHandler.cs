using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Selectors;
using InfraGate.Sandbox.Storage;

namespace InfraGate.Sandbox.Api;

/// <summary>Streams changes as JSON lines until the client goes or its time is over.</summary>
internal sealed class WatchHandler(ObjectStore store, TimeProvider time)
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan BookmarkInterval = TimeSpan.FromSeconds(10);

    public async Task WatchAsync(ApiRequest request)
    {
        var filter = ObjectFilter.Parse(request);
        var type = request.Resource.Type;
        var after = StartRevision(request);
        var timeout = request.Number("timeoutSeconds") is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : DefaultTimeout;
        using var limit = new CancellationTokenSource(timeout, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(request.Cancelled, limit.Token);
        var changes = Channel.CreateUnbounded<StoreEvent>(new UnboundedChannelOptions { SingleReader = true });
        void Listen(StoreEvent write)
        {
            if (write.Key.Type == type)
            {
                changes.Writer.TryWrite(write);
            }
        }

        var current = store.Consistent(type);
        var missed = store.ListenAfter(type, after ?? current.Revision, Listen, out var subscription);
        using (subscription)
        {
            request.Http.Response.ContentType = "application/json";
            if (missed is null)
            {
                await SendAsync(request, "ERROR", JsonText.Bytes(KubernetesError.Expired($"too old resource version: {after} ({store.Revision})").ToStatus()));
                return;
            }

            foreach (var existing in after is null ? current.In(request.Namespace).Where(filter.Matches) : [])
            {
                await SendAsync(request, "ADDED", request.Resource.Bytes(existing));
            }

            foreach (var write in missed)
            {
                await SendAsync(request, filter, write);
            }

            await request.Http.Response.Body.FlushAsync(request.Cancelled);
            await FollowAsync(request, filter, changes.Reader, ending.Token);
        }
    }

    /// <summary>Null asks for everything that exists first.</summary>
    private static long? StartRevision(ApiRequest request)
    {
        var text = request.Query["resourceVersion"].ToString();
        if (text is "" or "0")
        {
            return null;
        }

        return long.TryParse(text, out var revision)
            ? revision
            : throw KubernetesError.BadRequest($"invalid resource version \"{text}\": strconv.ParseUint: parsing \"{text}\": invalid syntax");
    }

    private async Task FollowAsync(ApiRequest request, ObjectFilter filter, ChannelReader<StoreEvent> changes, CancellationToken ending)
    {
        var bookmarks = request.Flag("allowWatchBookmarks");
        try
        {
            while (true)
            {
                using var interval = new CancellationTokenSource(BookmarkInterval, time);
                using var pause = CancellationTokenSource.CreateLinkedTokenSource(ending, interval.Token);
                try
                {
                    await changes.WaitToReadAsync(pause.Token);
                }
                catch (OperationCanceledException) when (!ending.IsCancellationRequested)
                {
                    if (bookmarks)
                    {
                        await BookmarkAsync(request);
                    }

                    continue;
                }

                while (changes.TryRead(out var write))
                {
                    await SendAsync(request, filter, write);
                }

                await request.Http.Response.Body.FlushAsync(ending);
            }
        }
        catch (OperationCanceledException) when (!request.Cancelled.IsCancellationRequested)
        {
            if (bookmarks)
            {
                await BookmarkAsync(request);
            }
        }
    }

    private static async Task SendAsync(ApiRequest request, ObjectFilter filter, StoreEvent write)
    {
        var before = write.Before is { } old && filter.Matches(old);
        var after = write.After is { } now && filter.Matches(now);
        switch (before, after)
        {
            case (false, true):
                await SendAsync(request, "ADDED", request.Resource.Bytes(write.After!));
                break;
            case (true, true):
                await SendAsync(request, "MODIFIED", request.Resource.Bytes(write.After!));
                break;
            case (true, false):
                await SendAsync(request, "DELETED", request.Resource.Bytes(write.After ?? write.Before!));
                break;
            default:
                break;
        }
    }

    private static async Task SendAsync(ApiRequest request, string kind, byte[] value)
    {
        var body = request.Http.Response.Body;
        await body.WriteAsync(Encoding.UTF8.GetBytes($"{{\"type\":\"{kind}\",\"object\":"), request.Cancelled);
        await body.WriteAsync(value, request.Cancelled);
        await body.WriteAsync("}\n"u8.ToArray(), request.Cancelled);
    }

    private async Task BookmarkAsync(ApiRequest request)
    {
        await SendAsync(request, "BOOKMARK", JsonText.Bytes(new JsonObject
        {
            ["kind"] = request.Resource.Type.Kind,
            ["apiVersion"] = request.Resource.ApiVersion,
            ["metadata"] = new JsonObject { ["resourceVersion"] = store.Revision.ToString(), ["creationTimestamp"] = null },
        }));
        await request.Http.Response.Body.FlushAsync(request.Cancelled);
    }
}
