using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using InfraGate.McpServer.Kubernetes.Http;
using InfraGate.McpServer.Kubernetes.Models;
using InfraGate.McpServer.Kubernetes.Watching;

namespace InfraGate.McpServer.Kubernetes;

/// <summary>
/// The Kubernetes API of one namespace of one cluster, as one identity. Only <see cref="ClusterAccess"/> makes one, after it has checked that the
/// namespace is allowed, and nothing here leads out of it. All methods throw <see cref="KubernetesException"/>.
/// </summary>
internal sealed class NamespaceClient
{
    private const int MaxRestarts = 3;
    private readonly ClusterTransport _transport;
    private readonly Impersonation? _impersonation;
    private readonly IVersionWitness? _witness;

    internal NamespaceClient(ClusterTransport transport, string ns, Impersonation? impersonation, IVersionWitness? witness = null)
    {
        _transport = transport;
        _impersonation = impersonation;
        _witness = witness;
        Namespace = ns;
    }

    /// <summary>The cluster's name, as plans are sealed to it.</summary>
    public string Cluster => _transport.Connection.Name;

    /// <summary>The API server's address: tells apart two clusters that a context of one name led to at different times.</summary>
    public Uri Server => _transport.Connection.Server;

    public string Namespace { get; }

    /// <summary>Tells apart those on whose behalf the API server is asked; empty for the connection's own identity. No name can hold the separator.</summary>
    public string Identity => _impersonation is null ? string.Empty : string.Join('\n', _impersonation.Groups.Prepend(_impersonation.User));

    /// <summary>Reads an object into a model.</summary>
    public async Task<T> GetAsync<T>(ApiResource resource, string name, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : IKubernetesObject
    {
        var found = await SendAsync(ApiRequest.Get(resource.ObjectPath(Namespace, name)), (answer, token) => ParseAsync(answer.Body, type, token), cancellationToken);
        _witness?.Saw(new CollectionKey(Cluster, Namespace, resource), found.Metadata.ResourceVersion);
        return found;
    }

    /// <summary>Reads an object whole, as plans need it; null when there is none.</summary>
    public async Task<JsonObject?> FindDocumentAsync(ApiResource resource, string name, CancellationToken cancellationToken)
    {
        try
        {
            var found = await SendAsync(ApiRequest.Get(resource.ObjectPath(Namespace, name)), ParseDocumentAsync, cancellationToken);
            _witness?.Saw(new CollectionKey(Cluster, Namespace, resource), VersionOf(found));
            return found;
        }
        catch (KubernetesException exception) when (exception.Failure is KubernetesFailure.NotFound)
        {
            return null;
        }
    }

    /// <summary>
    /// Pages through a collection and folds its objects into a state; no page outlives its turn, so memory does not grow with the collection.
    /// When the API server no longer knows the continue token (410), the listing starts over with a new state.
    /// </summary>
    public async Task<Listing<TState>> FoldAsync<T, TState>(
        ApiResource resource, ListQuery query, JsonTypeInfo<ObjectList<T>> type, Func<TState> start, Action<TState, T> add, CancellationToken cancellationToken)
    {
        for (var restarts = 0; ; restarts++)
        {
            try
            {
                return await FoldOnceAsync(resource, query, type, start(), add, cancellationToken);
            }
            catch (KubernetesException exception) when (exception.Failure is KubernetesFailure.Gone && restarts < MaxRestarts)
            {
                // Start over: an "inconsistent" continuation could count an object twice or never.
            }
        }
    }

    /// <summary>Lists a collection that is known to be small, or up to <see cref="ListQuery.MaxItems"/>.</summary>
    public Task<Listing<List<T>>> ListAsync<T>(ApiResource resource, ListQuery query, JsonTypeInfo<ObjectList<T>> type, CancellationToken cancellationToken) =>
        FoldAsync(resource, query, type, static () => [], static (List<T> list, T item) => list.Add(item), cancellationToken);

    /// <summary>
    /// Follows a collection from a version on, for a bounded time: the API server is asked to end the watch, and one that does not end in time is broken off.
    /// Never repeated by itself.
    /// </summary>
    /// <exception cref="KubernetesException">The watch was refused or broke; <see cref="KubernetesFailure.Gone"/> when the version is too old.</exception>
    public Task WatchAsync<T>(ApiResource resource, WatchQuery query, JsonTypeInfo<T> type, IWatchSink<T> sink, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, resource.CollectionPath(Namespace) + query.ToQueryString())
        {
            IsLasting = true,
            Timeout = query.Lifetime + query.Grace,
        };
        return SendAsync(
            request,
            async (answer, token) =>
            {
                sink.Opened();
                await WatchReader.ReadAsync(answer.Body, type, sink, token);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Patches an object, by server-side apply or another kind of patch.</summary>
    /// <param name="patch">An object; an array of operations for <see cref="PatchKind.Json"/>. Preconditions are added to a copy of it.</param>
    /// <param name="subresource">E.g. <c>scale</c>.</param>
    public Task<WriteResult> PatchAsync(
        ApiResource resource, string name, PatchKind kind, JsonNode patch, WriteOptions options, CancellationToken cancellationToken, string? subresource = null)
    {
        var request = new ApiRequest(HttpMethod.Patch, resource.ObjectPath(Namespace, name, subresource) + WriteQuery.For(kind, options))
        {
            Body = PatchBody.Write(kind, patch, options.Preconditions),
            ContentType = PatchBody.MediaType(kind),
            IsSafe = options.DryRun,
            Timeout = options.Timeout,
        };
        return SendWriteAsync(request, resource, name, options.DryRun, cancellationToken);
    }

    /// <summary>Deletes an object.</summary>
    public Task<WriteResult> DeleteAsync(
        ApiResource resource, string name, DeletePropagation propagation, WriteOptions options, CancellationToken cancellationToken)
    {
        var preconditions = options.Preconditions == Preconditions.None ? null : new PreconditionsBody(options.Preconditions.Uid, options.Preconditions.ResourceVersion);
        var body = new DeleteBody("v1", "DeleteOptions", propagation.ToString(), preconditions, options.DryRun ? ["All"] : null);
        var request = new ApiRequest(HttpMethod.Delete, resource.ObjectPath(Namespace, name))
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(body, KubernetesJson.Default.DeleteBody),
            ContentType = "application/json",
            IsSafe = options.DryRun,
            Timeout = options.Timeout,
        };
        return SendWriteAsync(request, resource, name, options.DryRun, cancellationToken);
    }

    /// <summary>Sends a write as it was sealed in a plan, its preconditions already in the body.</summary>
    /// <param name="query">Without the question mark.</param>
    /// <param name="isDryRun">The query or body says so as well; only then may the request be repeated.</param>
    public Task<WriteResult> WriteAsync(
        HttpMethod method, ApiResource resource, string name, string query, string? contentType, ReadOnlyMemory<byte> body, bool isDryRun, CancellationToken cancellationToken)
    {
        var path = resource.ObjectPath(Namespace, name);
        var request = new ApiRequest(method, query.Length == 0 ? path : $"{path}?{query}")
        {
            Body = body,
            ContentType = contentType,
            IsSafe = isDryRun,
            Timeout = WriteOptions.DefaultTimeout,
        };
        return SendWriteAsync(request, resource, name, isDryRun, cancellationToken);
    }

    /// <summary>Asks whether this identity may do something in this namespace (SelfSubjectAccessReview).</summary>
    public async Task<AccessDecision> ReviewAccessAsync(
        string verb, ApiResource resource, string? name, CancellationToken cancellationToken, string? subresource = null)
    {
        var attributes = new ResourceAttributes(Namespace, verb, resource.Group, resource.Plural, subresource, name);
        var request = new ApiRequest(HttpMethod.Post, "apis/authorization.k8s.io/v1/selfsubjectaccessreviews")
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(AccessReview.For(attributes), KubernetesJson.Default.AccessReview),
            ContentType = "application/json",
            IsSafe = true,
        };
        var review = await SendAsync(request, static (answer, token) => ParseAsync(answer.Body, KubernetesJson.Default.AccessReview, token), cancellationToken);
        return new AccessDecision(review.Status?.Allowed ?? false, review.Status?.Reason);
    }

    /// <summary>Streams a container's log into <paramref name="read"/>.</summary>
    public Task<T> ReadLogAsync<T>(string pod, LogQuery query, Func<Stream, CancellationToken, ValueTask<T>> read, CancellationToken cancellationToken)
    {
        var request = ApiRequest.Get(ApiResource.Pods.ObjectPath(Namespace, pod, "log") + query.ToQueryString()) with { Accept = "*/*" };
        return SendAsync(request, (answer, token) => read(answer.Body, token), cancellationToken);
    }

    private async Task<Listing<TState>> FoldOnceAsync<T, TState>(
        ApiResource resource, ListQuery query, JsonTypeInfo<ObjectList<T>> type, TState state, Action<TState, T> add, CancellationToken cancellationToken)
    {
        var count = 0;
        string? continueToken = null;
        string? version;
        do
        {
            var request = ApiRequest.Get(resource.CollectionPath(Namespace) + query.ToQueryString(continueToken));
            var page = await SendAsync(request, (answer, token) => ParseAsync(answer.Body, type, token), cancellationToken);
            foreach (var item in page.Items ?? [])
            {
                if (count++ < query.MaxItems)
                {
                    add(state, item);
                }
            }

            continueToken = page.Metadata?.Continue;
            version = page.Metadata?.ResourceVersion;
            if (count >= query.MaxItems && !string.IsNullOrEmpty(continueToken))
            {
                return new Listing<TState>(state, query.MaxItems, IsComplete: false, version);
            }
        }
        while (!string.IsNullOrEmpty(continueToken));
        return new Listing<TState>(state, Math.Min(count, query.MaxItems), IsComplete: count <= query.MaxItems, version);
    }

    /// <summary>Sends a write and tells the witness of it before anybody can act on its answer.</summary>
    private async Task<WriteResult> SendWriteAsync(ApiRequest request, ApiResource resource, string name, bool isDryRun, CancellationToken cancellationToken)
    {
        var collection = new CollectionKey(Cluster, Namespace, resource);
        WriteResult written;
        try
        {
            written = await SendAsync(request, ReadWriteAsync, cancellationToken);
        }
        catch (Exception exception) when (!isDryRun && exception is not KubernetesException { IsRefusal: true })
        {
            _witness?.Doubts(collection);
            throw;
        }

        if (!isDryRun && request.Method == HttpMethod.Delete)
        {
            _witness?.Deleted(collection, name);
        }
        else if (!isDryRun)
        {
            _witness?.Saw(collection, VersionOf(written.Document));
        }

        return written;
    }

    private Task<T> SendAsync<T>(ApiRequest request, Func<ApiAnswer, CancellationToken, ValueTask<T>> read, CancellationToken cancellationToken) =>
        _transport.SendAsync(request with { Impersonation = _impersonation }, read, cancellationToken);

    private static string? VersionOf(JsonObject document) => (document["metadata"] as JsonObject)?["resourceVersion"]?.GetValue<string>();

    private static async ValueTask<WriteResult> ReadWriteAsync(ApiAnswer answer, CancellationToken cancellationToken) =>
        new(await ParseDocumentAsync(answer, cancellationToken), answer.Status is 201, answer.Warnings);

    private static async ValueTask<JsonObject> ParseDocumentAsync(ApiAnswer answer, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonNode.ParseAsync(answer.Body, cancellationToken: cancellationToken) as JsonObject ?? throw Unreadable(inner: null);
        }
        catch (JsonException exception)
        {
            throw Unreadable(exception);
        }
    }

    internal static async ValueTask<T> ParseAsync<T>(Stream body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(body, type, cancellationToken) ?? throw Unreadable(inner: null);
        }
        catch (JsonException exception)
        {
            throw Unreadable(exception);
        }
    }

    private static KubernetesException Unreadable(Exception? inner) =>
        new(KubernetesFailure.ServerError, "The API server's answer is not the JSON it should be.", inner);
}
