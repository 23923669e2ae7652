using System.Net;

namespace InfraGate.Quickstart.Walkthrough;

/// <summary>A person with a browser, as far as the wire can tell: cookies, redirects, forms.</summary>
internal sealed class BrowserUser : IDisposable
{
    private const int MostRedirects = 12;
    private readonly HttpClient _http = new(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false });
    private readonly string _name;
    private readonly string _password;

    /// <summary>Makes one with the credentials to type.</summary>
    public BrowserUser(string name, string password)
    {
        _name = name;
        _password = password;
    }

    /// <summary>Opens a page, signing in and consenting where asked, and follows redirects until a page stays or one leads to <paramref name="stopAt"/>.</summary>
    public async Task<Page> OpenAsync(Uri address, Uri? stopAt, CancellationToken cancellationToken)
    {
        var page = await FollowAsync(HttpMethod.Get, address, content: null, stopAt, cancellationToken);
        for (var forms = 0; forms < 3 && !page.Stopped; forms++)
        {
            if (HtmlForm.With("password", page.Html, page.Address) is { } signIn)
            {
                page = await FollowAsync(HttpMethod.Post, signIn.Action, signIn.Set("username", _name).Set("password", _password).ToContent(), stopAt, cancellationToken);
            }
            else if (HtmlForm.With("decision", page.Html, page.Address) is { } consent)
            {
                page = await FollowAsync(HttpMethod.Post, consent.Action, consent.Set("decision", "allow").ToContent(), stopAt, cancellationToken);
            }
            else
            {
                break;
            }
        }

        return page;
    }

    /// <summary>Sends a form.</summary>
    public Task<Page> SendAsync(HtmlForm form, CancellationToken cancellationToken) => FollowAsync(HttpMethod.Post, form.Action, form.ToContent(), stopAt: null, cancellationToken);

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private async Task<Page> FollowAsync(HttpMethod method, Uri address, HttpContent? content, Uri? stopAt, CancellationToken cancellationToken)
    {
        for (var i = 0; i < MostRedirects; i++)
        {
            if (stopAt is not null && address.GetLeftPart(UriPartial.Path) == stopAt.GetLeftPart(UriPartial.Path))
            {
                return new Page(address, HttpStatusCode.OK, string.Empty, Stopped: true);
            }

            using var request = new HttpRequestMessage(method, address) { Content = content };
            request.Headers.Accept.ParseAdd("text/html");
            if (method == HttpMethod.Post)
            {
                request.Headers.Add("Origin", address.GetLeftPart(UriPartial.Authority));
            }

            using var response = await _http.SendAsync(request, cancellationToken);
            if (response.Headers.Location is not { } next)
            {
                return new Page(address, response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken), Stopped: false);
            }

            (method, address, content) = (HttpMethod.Get, new Uri(address, next), null);
        }

        throw new QuickstartException($"{address.Host} redirects in circles.");
    }
}

/// <summary>A page as it came back.</summary>
/// <param name="Address">Where the redirects ended.</param>
/// <param name="Status">Its status.</param>
/// <param name="Html">Its text.</param>
/// <param name="Stopped">Whether the address is the one to stop at; the page was not fetched then.</param>
internal sealed record Page(Uri Address, HttpStatusCode Status, string Html, bool Stopped);
