using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using InfraGate.ApprovalUi.Hosting;
using Microsoft.AspNetCore.WebUtilities;

namespace InfraGate.McpGateway.Tests.Support;

/// <summary>
/// A browser at the approval pages that signs in at the test issuer, honestly or with answers that a test has tampered with. Keeps cookies by name alone, so that a test can also see
/// those that belong to HTTPS.
/// </summary>
internal sealed partial class SignInBrowser(GatewayUnderTest gateway, string? host = null) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(gateway.Url) };

    public Dictionary<string, string> Cookies { get; } = new(StringComparer.Ordinal);

    /// <summary>Every Set-Cookie header so far.</summary>
    public List<string> SetCookies { get; } = [];

    public bool IsSignedIn => Cookies.Keys.Any(name => name.EndsWith("infragate-approver", StringComparison.Ordinal));

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null, bool isBackground = false)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (isBackground)
        {
            request.Headers.Add(BackgroundRequest.HeaderName, "1");
        }

        request.Headers.TryAddWithoutValidation("Accept", "text/html");
        request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        request.Headers.Host = host;
        var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        foreach (var header in response.Headers.TryGetValues("Set-Cookie", out var headers) ? headers : [])
        {
            SetCookies.Add(header);
            var pair = header.Split(';')[0].Split('=', 2);
            if (pair[1].Length == 0)
            {
                Cookies.Remove(pair[0]);
            }
            else
            {
                Cookies[pair[0]] = pair[1];
            }
        }

        return response;
    }

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public async Task<HttpStatusCode> StatusAsync(string path, bool isBackground = false)
    {
        using var response = await SendAsync(HttpMethod.Get, path, isBackground: isBackground);
        return response.StatusCode;
    }

    /// <summary>Opens a page and follows to the issuer; what the gateway asked of it.</summary>
    public async Task<Dictionary<string, string>> StartAsync(string path = "/approvals")
    {
        using var response = await GetAsync(path);
        response.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var location = response.Headers.Location!;
        location.GetLeftPart(UriPartial.Path).ShouldBe(gateway.Issuer.Url + "/authorize");
        return QueryHelpers.ParseQuery(location.Query).ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);
    }

    /// <summary>Comes back from the issuer with this answer.</summary>
    public async Task<string> ReturnAsync(params (string Name, string Value)[] answer)
    {
        using var response = await GetAsync("/approvals/signin-callback?" + string.Join('&', answer.Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value)}")));
        response.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return response.Headers.Location!.OriginalString;
    }

    /// <summary>The whole sign-in with an ID token as it should be, or changed; where the browser ends up.</summary>
    public async Task<string> SignInAsync(string subject = "alice", string path = "/approvals", Action<JsonObject>? payload = null, Action<JsonObject>? header = null, Func<string, string>? token = null)
    {
        var asked = await StartAsync(path);
        gateway.Issuer.AnswerToCode = _ => new JsonObject
        {
            ["access_token"] = "opaque",
            ["token_type"] = "Bearer",
            ["id_token"] = (token ?? (good => good))(IdToken(asked, subject, payload, header)),
        };
        return await ReturnAsync(("code", "good"), ("state", asked["state"]), ("iss", gateway.Issuer.Url));
    }

    /// <summary>The token that the pages' forms carry.</summary>
    public async Task<string> FormTokenAsync()
    {
        using var response = await GetAsync("/approvals");
        return FormToken().Match(await response.Content.ReadAsStringAsync()).Groups["value"].Value;
    }

    public async Task<HttpResponseMessage> SignOutAsync(bool everywhere) => await SendAsync(HttpMethod.Post, "/approvals/sign-out", new FormUrlEncodedContent(new Dictionary<string, string>
    {
        ["__RequestVerificationToken"] = await FormTokenAsync(),
        ["everywhere"] = everywhere ? "true" : "false",
    }));

    public void Dispose() => _http.Dispose();

    private string IdToken(Dictionary<string, string> asked, string subject, Action<JsonObject>? payload, Action<JsonObject>? header) =>
        gateway.Issuer.Token(asked["client_id"], subject, payload: claims =>
        {
            claims["nonce"] = asked["nonce"];
            payload?.Invoke(claims);
        }, header: head =>
        {
            head["typ"] = "JWT";
            header?.Invoke(head);
        });

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<value>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex FormToken();
}
