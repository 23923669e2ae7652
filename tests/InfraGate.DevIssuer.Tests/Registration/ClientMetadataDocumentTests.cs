using System.Net;
using InfraGate.DevIssuer.Registration;
using InfraGate.DevIssuer.Tests.Fixtures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace InfraGate.DevIssuer.Tests.Registration;

/// <summary>A client whose id is the URL of its metadata, served by a real second server.</summary>
public sealed class ClientMetadataDocumentTests : IAsyncLifetime
{
    private readonly WebApplication _server = BuildServer();
    private int _requests;
    private RequestDelegate _answer = _ => Task.CompletedTask;
    private IssuerUnderTest _issuer = null!;
    private string _url = string.Empty;

    public async Task InitializeAsync()
    {
        _server.Run(context =>
        {
            Interlocked.Increment(ref _requests);
            return _answer(context);
        });
        await _server.StartAsync();
        _url = $"{_server.Urls.Single()}/client.json";
        _issuer = await IssuerUnderTest.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _issuer.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_program_described_by_its_document_signs_in_and_refreshes_without_registering()
    {
        Serve($$"""{"client_id":"{{_url}}","client_name":"Described","redirect_uris":["http://127.0.0.1/callback","https://vscode.dev/redirect"],"token_endpoint_auth_method":"none"}""");
        var client = new TestClient(_issuer, _url, "http://localhost:4444/callback");

        var tokens = await client.SignInAsync();
        await client.RefreshedAsync(tokens.Refresh);

        ((string)tokens.AccessClaims["client_id"]!).ShouldBe(_url);
        _requests.ShouldBe(1);
    }

    [Fact]
    public async Task A_hosted_redirect_in_the_document_is_not_followed()
    {
        Serve($$"""{"client_id":"{{_url}}","redirect_uris":["http://127.0.0.1/callback","https://vscode.dev/redirect"]}""");

        await ShouldNotBeKnownAsync(_url, "https://vscode.dev/redirect");
    }

    [Theory]
    [InlineData("\"redirect_uris\":[null]")]
    [InlineData("\"redirect_uris\":[null,\"http://127.0.0.1/other\"],\"post_logout_redirect_uris\":[null]")]
    public async Task A_null_in_the_documents_lists_is_no_redirect(string lists)
    {
        Serve($$"""{"client_id":"{{_url}}",{{lists}}}""");

        await ShouldNotBeKnownAsync(_url);
    }

    [Fact]
    public async Task A_document_that_names_another_client_is_refused()
    {
        Serve("""{"client_id":"https://app.example/client.json","redirect_uris":["http://127.0.0.1/callback"]}""");

        await ShouldNotBeKnownAsync(_url);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_to_where_the_issuer_must_not_ask()
    {
        _answer = context =>
        {
            context.Response.Redirect("http://169.254.169.254/latest/meta-data");
            return Task.CompletedTask;
        };

        await ShouldNotBeKnownAsync(_url);
        _requests.ShouldBe(1);
    }

    [Fact]
    public async Task A_document_that_is_too_large_is_refused()
    {
        Serve($$"""{"client_id":"{{_url}}","redirect_uris":["http://127.0.0.1/callback"],"padding":"{{new string('a', 20_000)}}"}""");

        await ShouldNotBeKnownAsync(_url);
    }

    [Fact]
    public async Task A_page_that_is_not_json_is_refused()
    {
        Serve($$"""{"client_id":"{{_url}}","redirect_uris":["http://127.0.0.1/callback"]}""", "text/html");

        await ShouldNotBeKnownAsync(_url);
    }

    [Fact]
    public async Task A_server_that_never_finishes_is_given_up_after_five_seconds()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _answer = async context =>
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("{", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };

        var refused = ShouldNotBeKnownAsync(_url);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20));
        refused.IsCompleted.ShouldBeFalse();
        _issuer.Time.Advance(TimeSpan.FromSeconds(6));

        await refused.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData("http://app.example/client.json")]
    [InlineData("ftp://127.0.0.1/client.json")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://app.example/")]
    [InlineData("https://app.example")]
    [InlineData("https://user@app.example/client.json")]
    [InlineData("https://app.example/client.json#part")]
    [InlineData("https://app.example/client.json?x=1")]
    [InlineData("https://app.example/a/../client.json")]
    [InlineData("HTTPS://app.example/client.json")]
    [InlineData("not a url")]
    public void Only_a_plain_https_or_loopback_url_can_be_a_client_id(string text) => ClientIdUrl.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("https://127.0.0.1.nip.example/x")]
    [InlineData("https://169.254.169.254/latest")]
    [InlineData("https://10.0.0.1/x")]
    [InlineData("https://[fd00::1]/x")]
    public async Task An_https_url_into_this_network_is_never_connected_to(string url)
    {
        using var fetcher = new MetadataFetcher(TimeProvider.System);

        await Should.ThrowAsync<HttpRequestException>(() => fetcher.FetchAsync(new Uri(url), CancellationToken.None));
    }

    [Fact]
    public async Task Every_failure_looks_the_same_so_that_ports_cannot_be_probed()
    {
        Serve("closed", "text/plain");
        using var browser = _issuer.OpenBrowser();

        var open = await browser.OpenAsync(new TestClient(_issuer, _url, "http://127.0.0.1/cb").AuthorizeUrl());
        var closed = await browser.OpenAsync(new TestClient(_issuer, "http://127.0.0.1:1/client.json", "http://127.0.0.1/cb").AuthorizeUrl());

        open.Html.ShouldBe(closed.Html);
        open.Status.ShouldBe(closed.Status);
    }

    private static WebApplication BuildServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return builder.Build();
    }

    private void Serve(string document, string contentType = "application/json") => _answer = context =>
    {
        context.Response.ContentType = contentType;
        return context.Response.WriteAsync(document);
    };

    private async Task ShouldNotBeKnownAsync(string clientId, string redirect = "http://127.0.0.1/callback")
    {
        using var browser = _issuer.OpenBrowser();
        var page = await browser.OpenAsync(new TestClient(_issuer, clientId, redirect).AuthorizeUrl());
        page.Status.ShouldBe(HttpStatusCode.BadRequest);
        page.Location.ShouldBeNull();
    }
}
