using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using InfraGate.RealParts.Waiting;

namespace InfraGate.Sandbox.Tests;

/// <summary>An answer, whatever its status.</summary>
public sealed record ApiAnswer(HttpStatusCode Status, JsonNode? Body, string Text)
{
    public int Code => (int)Status;

    public string? Message => (string?)Body?["message"];

}

/// <summary>Sends requests to an API server and shows every answer as it is.</summary>
public sealed class ApiClient : IDisposable
{
    public const string Merge = "application/merge-patch+json";
    public const string Strategic = "application/strategic-merge-patch+json";
    public const string ApplyPatch = "application/apply-patch+yaml";
    public const string JsonPatch = "application/json-patch+json";

    private readonly HttpClient _http;

    public ApiClient(HttpClient http, string? token)
    {
        _http = http;
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("parity-test/1.0");
        if (token is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    public Uri Server => _http.BaseAddress!;

    public async Task<ApiAnswer> SendAsync(string method, string path, string? body = null, string media = "application/json")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(media);
        }

        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var json = response.Content.Headers.ContentType?.MediaType == "application/json" && !path.Contains("watch=true", StringComparison.Ordinal);
        return new ApiAnswer(response.StatusCode, json ? JsonNode.Parse(text) : null, text);
    }

    public Task<ApiAnswer> GetAsync(string path) => SendAsync("GET", path);

    public Task<ApiAnswer> PostAsync(string path, string body) => SendAsync("POST", path, body);

    public Task<ApiAnswer> PutAsync(string path, string body) => SendAsync("PUT", path, body);

    public Task<ApiAnswer> PatchAsync(string path, string body, string media = Merge) => SendAsync("PATCH", path, body, media);

    public Task<ApiAnswer> DeleteAsync(string path, string? options = null) => SendAsync("DELETE", path, options);

    /// <summary>Server-side apply under a manager's name.</summary>
    public Task<ApiAnswer> ApplyAsync(string path, string body, string manager = "infragate", bool force = false) =>
        PatchAsync($"{path}?fieldManager={manager}{(force ? "&force=true" : string.Empty)}", body, ApplyPatch);

    /// <summary>Opens a stream of lines.</summary>
    public async Task<StreamReader> OpenAsync(string path)
    {
        var response = await _http.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        return new StreamReader(await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync());
    }

    /// <summary>Reads until a condition holds.</summary>
    public Task<ApiAnswer> WaitAsync(string path, Func<ApiAnswer, bool> condition) =>
        Eventually.GetAsync(() => GetAsync(path), condition, TimeSpan.FromSeconds(20));

    /// <summary>A new namespace with a name of its own.</summary>
    public async Task<string> NewNamespaceAsync()
    {
        var name = "t-" + Guid.NewGuid().ToString("N")[..10];
        var made = await PostAsync("/api/v1/namespaces", $$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{name}}}"}}""");
        return made.Code == 201 ? name : throw new InvalidOperationException(made.Text);
    }

    public void Dispose() => _http.Dispose();
}
