using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using InfraGate.RealParts.Certificates;
using InfraGate.RealParts.Waiting;

namespace InfraGate.RealParts.Clusters;

/// <summary>
/// The tests' own way into a cluster, for setting things up and reading them back. It shares no code with the product, so that
/// a mistake in the product's client cannot hide itself.
/// </summary>
public sealed class KubeAdminClient : IDisposable
{
    public const string UserAgent = "infragate-test-admin";
    private const string FieldManager = "test-admin";

    private readonly HttpClient _http;

    /// <param name="server">The API server's base address.</param>
    /// <param name="handler">Carries TLS trust and client certificate; disposed with the client.</param>
    /// <param name="token">Bearer token, where no client certificate speaks for the caller.</param>
    /// <param name="userAgent">Names the caller in the API server's audit log.</param>
    public KubeAdminClient(Uri server, HttpMessageHandler handler, string? token = null, string userAgent = UserAgent)
    {
        Server = server;
        _http = new HttpClient(handler) { BaseAddress = server, DefaultRequestVersion = HttpVersion.Version20 };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd(userAgent);
        if (token is not null)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public Uri Server { get; }

    /// <summary>A client that speaks for whoever a kubeconfig of the tests speaks for, e.g. InfraGate's service account.</summary>
    public static KubeAdminClient As(string kubeconfigPath)
    {
        var kubeconfig = Kubeconfig.Read(kubeconfigPath);
        return new KubeAdminClient(kubeconfig.Server, TlsHandler.Create(kubeconfig.CaPem), kubeconfig.Token);
    }

    /// <summary>Reads an object.</summary>
    /// <exception cref="KubeApiException">Any answer other than success.</exception>
    public Task<JsonObject> GetAsync(string path, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Get, path, body: null, cancellationToken);

    /// <summary>Reads an object, or null when there is none.</summary>
    public async Task<JsonObject?> FindAsync(string path, CancellationToken cancellationToken = default)
    {
        try
        {
            return await GetAsync(path, cancellationToken);
        }
        catch (KubeApiException missing) when (missing.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Reads the items of a list (not paged: the tests' lists are small or wanted whole).</summary>
    public async Task<IReadOnlyList<JsonObject>> ListAsync(string path, CancellationToken cancellationToken = default)
    {
        var list = await GetAsync(path, cancellationToken);
        return [.. list["items"]!.AsArray().Select(item => item!.AsObject())];
    }

    public async Task<string> GetTextAsync(string path, CancellationToken cancellationToken = default)
    {
        using var response = await _http.GetAsync(Relative(path), cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode ? text : throw KubeApiException.From(HttpMethod.Get, path, response.StatusCode, text);
    }

    /// <summary>Posts to a collection (or to a subresource such as <c>…/binding</c>).</summary>
    public Task<JsonObject> CreateAsync(string path, JsonNode body, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Post, path, JsonContent.Create(body), cancellationToken);

    public Task<JsonObject> ReplaceAsync(string path, JsonNode body, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Put, path, JsonContent.Create(body), cancellationToken);

    /// <summary>JSON merge patch (RFC 7396).</summary>
    public Task<JsonObject> MergeAsync(string path, JsonNode patch, CancellationToken cancellationToken = default) =>
        PatchAsync(path, patch, "application/merge-patch+json", cancellationToken);

    /// <summary>Strategic merge patch: lists are merged by their keys.</summary>
    public Task<JsonObject> StrategicMergeAsync(string path, JsonNode patch, CancellationToken cancellationToken = default) =>
        PatchAsync(path, patch, "application/strategic-merge-patch+json", cancellationToken);

    /// <summary>Server-side apply of one object under a field manager, taking over what others own.</summary>
    public Task<JsonObject> ApplyAsync(JsonObject manifest, string fieldManager = FieldManager, CancellationToken cancellationToken = default) =>
        PatchAsync(
            $"{KubePath.Of(manifest)}?fieldManager={Uri.EscapeDataString(fieldManager)}&force=true", manifest, "application/apply-patch+yaml", cancellationToken);

    /// <summary>Deletes an object; one that is already gone is no error.</summary>
    public async Task DeleteAsync(string path, JsonNode? options = null, CancellationToken cancellationToken = default)
    {
        try
        {
            await SendAsync(HttpMethod.Delete, path, options is null ? null : JsonContent.Create(options), cancellationToken);
        }
        catch (KubeApiException missing) when (missing.StatusCode == HttpStatusCode.NotFound)
        {
            // The caller wants it gone, and it is.
        }
    }

    /// <summary>Reads an object again and again until <paramref name="condition"/> holds for it (null: it does not exist).</summary>
    /// <exception cref="TimeoutException">It did not hold in time; quotes the object as last read.</exception>
    public Task<JsonObject?> WaitForAsync(
        string path, Func<JsonObject?, bool> condition, TimeSpan? deadline = null, CancellationToken cancellationToken = default) =>
        Eventually.GetAsync(() => FindAsync(path, cancellationToken), condition, deadline, cancellationToken, $"{path} as wanted");

    /// <summary>The lines of a watch, as they come; ends when the server ends it.</summary>
    internal async IAsyncEnumerable<string> WatchLinesAsync(
        string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Relative(path));
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw KubeApiException.From(HttpMethod.Get, path, response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
            yield return line;
    }

    public void Dispose() => _http.Dispose();

    private Task<JsonObject> PatchAsync(string path, JsonNode patch, string contentType, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Patch, path, JsonContent.Create(patch, new MediaTypeHeaderValue(contentType)), cancellationToken);

    private async Task<JsonObject> SendAsync(HttpMethod method, string path, HttpContent? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, Relative(path)) { Content = body };
        using var response = await _http.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw KubeApiException.From(method, path, response.StatusCode, text);
        return JsonNode.Parse(text)!.AsObject();
    }

    private static Uri Relative(string path) => new(path, UriKind.Relative);
}
