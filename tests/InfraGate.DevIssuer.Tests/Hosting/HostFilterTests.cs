using System.Net;
using InfraGate.DevIssuer.Tests.Fixtures;

namespace InfraGate.DevIssuer.Tests.Hosting;

public sealed class HostFilterTests
{
    public static TheoryData<string, string> EveryEndpoint
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var get in new[]
            {
                "/.well-known/oauth-authorization-server", "/.well-known/openid-configuration", "/jwks", "/authorize", "/authorize/consent", "/end-session", "/userinfo", "/issuer.css", "/",
            })
            {
                data.Add("GET", get);
            }

            foreach (var post in new[] { "/token", "/register", "/revoke", "/introspect", "/authorize/sign-in", "/authorize/consent", "/authorize/sign-out" })
            {
                data.Add("POST", post);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(EveryEndpoint))]
    public async Task A_name_that_was_made_to_resolve_to_loopback_is_refused_at_every_endpoint(string method, string path)
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        var port = new Uri(issuer.Address).Port;

        foreach (var host in new[] { $"evil.example:{port}", "evil.example", $"127.0.0.1.evil.example:{port}", "127.0.0.1:1", "127.0.0.1", $"0.0.0.0:{port}" })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            request.Headers.Host = host;
            using var response = await issuer.Http.SendAsync(request);
            response.StatusCode.ShouldBe(HttpStatusCode.MisdirectedRequest, host);
        }
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("LOCALHOST")]
    [InlineData("[::1]")]
    public async Task Every_loopback_name_with_the_right_port_is_served(string name)
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/jwks");
        request.Headers.Host = $"{name}:{new Uri(issuer.Address).Port}";

        using var response = await issuer.Http.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("http://localhost:6274", true)]
    [InlineData("http://127.0.0.1:6274", true)]
    [InlineData("https://evil.example", false)]
    [InlineData("http://localhost.evil.example", false)]
    [InlineData("null", false)]
    public async Task Only_programs_served_from_this_machine_may_read_answers_in_a_browser(string origin, bool allowed)
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        foreach (var path in new[] { "/.well-known/oauth-authorization-server", "/jwks", "/authorize" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add("Origin", origin);
            using var response = await issuer.Http.SendAsync(request);
            response.Headers.Contains("Access-Control-Allow-Origin").ShouldBe(allowed && path is not "/authorize", path);
            response.Headers.Contains("Access-Control-Allow-Credentials").ShouldBeFalse();
        }
    }

    [Fact]
    public async Task A_browser_may_ask_beforehand_to_register_and_to_get_tokens()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        foreach (var path in new[] { "/register", "/token", "/userinfo" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Options, path);
            request.Headers.Add("Origin", "http://localhost:6274");
            request.Headers.Add("Access-Control-Request-Method", "POST");
            request.Headers.Add("Access-Control-Request-Headers", "content-type,mcp-protocol-version");
            using var response = await issuer.Http.SendAsync(request);
            response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
            response.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["http://localhost:6274"]);
        }
    }
}
