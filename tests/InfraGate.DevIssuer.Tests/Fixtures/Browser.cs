using System.Net;
using System.Text.RegularExpressions;

namespace InfraGate.DevIssuer.Tests.Fixtures;

/// <summary>A person's browser without scripts: keeps cookies, reads forms, posts them with the Origin a browser would send, follows no redirect by itself.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly string _origin;
    private readonly HttpClient _http;

    public Browser(string origin)
    {
        _origin = origin;
        Cookies = new CookieContainer();
        _http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = new Uri(origin) };
    }

    public CookieContainer Cookies { get; }

    public async Task<Page> OpenAsync(string url)
    {
        using var response = await _http.GetAsync(url);
        return await Page.ReadAsync(response);
    }

    /// <summary>Posts a page's form: its hidden fields, with the given ones in place of or beside them.</summary>
    public async Task<Page> SubmitAsync(Page page, params (string Name, string Value)[] fields) => await PostAsync(page.FormAction, page.HiddenFields, _origin, fields);

    public async Task<Page> PostAsync(string action, IReadOnlyDictionary<string, string> hidden, string? origin, params (string Name, string Value)[] fields)
    {
        var all = new Dictionary<string, string>(hidden, StringComparer.Ordinal);
        foreach (var (name, value) in fields)
        {
            all[name] = value;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, action) { Content = new FormUrlEncodedContent(all) };
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var response = await _http.SendAsync(request);
        return await Page.ReadAsync(response);
    }

    /// <summary>Signs in on the page and allows what is asked; returns the answer that goes to the client.</summary>
    public async Task<Page> SignInAsync(Page signInPage, string userName = "alice", string? password = null)
    {
        var answer = await SubmitAsync(signInPage, ("username", userName), ("password", password ?? $"{userName}-local-only"));
        return await AllowAsync(answer);
    }

    public async Task<Page> AllowAsync(Page page)
    {
        if (page.Location?.StartsWith("/authorize/consent", StringComparison.Ordinal) is true)
        {
            page = await OpenAsync(page.Location);
        }

        return page.Asks("Allow access?") ? await SubmitAsync(page, ("decision", "allow")) : page;
    }

    public void Dispose() => _http.Dispose();

    /// <summary>What the browser got, read once.</summary>
    internal sealed partial record Page(HttpStatusCode Status, string? Location, string Html, Dictionary<string, string> Headers)
    {
        public string FormAction => WebUtility.HtmlDecode(Form().Match(Html).Groups["action"].Value);

        public IReadOnlyDictionary<string, string> HiddenFields => Hidden().Matches(Html).ToDictionary(
            match => match.Groups["name"].Value, match => WebUtility.HtmlDecode(match.Groups["value"].Value), StringComparer.Ordinal);

        /// <summary>The parameters of the redirect.</summary>
        public Dictionary<string, string> Answer => new Uri(Location.ShouldNotBeNull()).Query.TrimStart('?').Split('&')
            .Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]), StringComparer.Ordinal);

        public bool Asks(string title) => Html.Contains($"<h1>{title}</h1>", StringComparison.Ordinal);

        public static async Task<Page> ReadAsync(HttpResponseMessage response) => new(
            response.StatusCode,
            response.Headers.Location?.OriginalString,
            await response.Content.ReadAsStringAsync(),
            response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));

        [GeneratedRegex("<form method=\"post\" action=\"(?<action>[^\"]*)\"")]
        private static partial Regex Form();

        [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]*)\" value=\"(?<value>[^\"]*)\"")]
        private static partial Regex Hidden();
    }
}
