using System.Net;
using System.Text.RegularExpressions;
using InfraGate.Plans;

namespace InfraGate.ApprovalUi.Tests.Support;

/// <summary>Sends requests as a browser with that person's cookies would, or as an attacker who made them say something else.</summary>
internal sealed partial class RawBrowser : IDisposable
{
    private readonly HttpClient _http;

    public RawBrowser(Uri url, Person? person)
    {
        var cookies = new CookieContainer();
        if (person is not null)
        {
            cookies.Add(new Cookie(TestSignIn.Cookie, TestSignIn.ValueFor(person), "/", url.Host));
        }

        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = url };
        _http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
    }

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(path);

    /// <summary>An answer whose body goes on, such as a stream's.</summary>
    public Task<HttpResponseMessage> OpenAsync(string path) => _http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);

    public async Task<string> ReadAsync(string path)
    {
        using var response = await _http.GetAsync(path);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>The URL of the stream that a page would open, which says what the page shows.</summary>
    public async Task<string> StreamOfAsync(string path) => WebUtility.HtmlDecode(LiveUrl().Match(await ReadAsync(path)).Groups["url"].Value);

    /// <summary>Follows a stream until its first event and returns that event's id.</summary>
    /// <param name="url">The stream.</param>
    public Task<string> NextEventAsync(string url) => EventAsync(url, lastEvent: null, whenOpen: null, _ => Task.FromResult(true));

    /// <summary>
    /// Follows a stream until an event's id is what the page carries, and returns it. A stream reads the trail and then the plan: of a change that comes in between it tells twice.
    /// </summary>
    /// <param name="page">The page that opens the stream.</param>
    /// <param name="url">The stream.</param>
    /// <param name="lastEvent">What a browser names that opens the stream again.</param>
    /// <param name="whenOpen">Done once the stream is open.</param>
    public Task<string> FollowAsync(string page, string url, string? lastEvent = null, Func<Task>? whenOpen = null) =>
        EventAsync(url, lastEvent, whenOpen, async told => (await StreamOfAsync(page)).EndsWith($"?seen={told}", StringComparison.Ordinal));

    private async Task<string> EventAsync(string url, string? lastEvent, Func<Task>? whenOpen, Func<string, Task<bool>> isAwaited)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEvent);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        using var lines = new StreamReader(await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(limit.Token));
        await (whenOpen?.Invoke() ?? Task.CompletedTask);
        while (await lines.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal) && line["id: ".Length..] is var told && await isAwaited(told))
            {
                return told;
            }
        }

        throw new IOException("The stream ended without the event.");
    }

    public Task<HttpResponseMessage> PostAsync(string path, Dictionary<string, string> form) => _http.PostAsync(path, new FormUrlEncodedContent(form));

    /// <summary>The fields of the decision form as the page offers them.</summary>
    public async Task<Dictionary<string, string>> FormAsync(PlanId plan)
    {
        var html = await ReadAsync($"/approvals/plans/{plan}");
        var form = DecisionForm().Match(html);
        form.Success.ShouldBeTrue("The page offers no decision: " + html);
        return HiddenField().Matches(form.Value).ToDictionary(field => field.Groups["name"].Value, field => WebUtility.HtmlDecode(field.Groups["value"].Value));
    }

    /// <summary>The token against forgery that some page of this person holds.</summary>
    public async Task<string> TokenAsync(string path) =>
        HiddenField().Matches(await ReadAsync(path)).First(field => field.Groups["name"].Value == "__RequestVerificationToken").Groups["value"].Value;

    public async Task<HttpResponseMessage> ApproveAsync(PlanId plan, Action<Dictionary<string, string>>? change = null)
    {
        var form = await FormAsync(plan);
        form["Input.Verdict"] = "Approve";
        change?.Invoke(form);
        return await PostAsync($"/approvals/plans/{plan}", form);
    }

    public async Task<HttpResponseMessage> DenyAsync(PlanId plan, string reason)
    {
        var form = await FormAsync(plan);
        form["Input.Verdict"] = "Deny";
        form["Input.Reason"] = reason;
        return await PostAsync($"/approvals/plans/{plan}", form);
    }

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("data-live=\"(?<url>[^\"]+)\"")]
    private static partial Regex LiveUrl();

    [GeneratedRegex("<form[^>]*id=\"decide\".*?</form>", RegexOptions.Singleline)]
    private static partial Regex DecisionForm();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"")]
    private static partial Regex HiddenField();
}
