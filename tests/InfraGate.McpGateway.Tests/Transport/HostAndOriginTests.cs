using System.Net;
using InfraGate.McpGateway.Tests.Support;

namespace InfraGate.McpGateway.Tests.Transport;

/// <summary>Field notes, attack 3: DNS rebinding (CVE-2025-66416, CVE-2026-34742).</summary>
public sealed class HostAndOriginTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    public static TheoryData<string, string> Endpoints => new()
    {
        { "POST", "/mcp" }, { "GET", "/mcp" }, { "DELETE", "/mcp" }, { "OPTIONS", "/mcp" },
        { "GET", "/healthz" }, { "GET", "/readyz" }, { "GET", "/api/health" }, { "GET", "/api/ready" }, { "GET", "/metrics" },
        { "GET", "/.well-known/oauth-protected-resource" }, { "GET", "/.well-known/oauth-protected-resource/mcp" },
        { "GET", "/approvals" }, { "GET", "/nothing-here" },
    };

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task A_foreign_host_is_refused_everywhere(string method, string path)
    {
        foreach (var host in new[] { "evil.example", "127.0.0.1.evil.example:3001", "localhost.evil.example", "169.254.169.254" })
        {
            using var client = fixture.Gateway.ClientOf("alice");
            using var request = client.Bare(new HttpMethod(method), path);
            request.Headers.Host = host;
            using var response = await client.SendAsync(request);
            response.StatusCode.ShouldBe(HttpStatusCode.Forbidden, host);
        }
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task A_foreign_origin_is_refused_everywhere(string method, string path)
    {
        foreach (var origin in new[] { "https://evil.example", "null", fixture.Gateway.Url + ".evil.example", fixture.Gateway.Url.Replace("http:", "https:", StringComparison.Ordinal), "http://127.0.0.1:1" })
        {
            using var client = fixture.Gateway.ClientOf("alice");
            using var request = client.Bare(new HttpMethod(method), path);
            request.Headers.Add("Origin", origin);
            using var response = await client.SendAsync(request);
            response.StatusCode.ShouldBe(HttpStatusCode.Forbidden, origin);
        }
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("LOCALHOST")]
    public async Task Loopback_names_and_the_gateways_own_origin_are_accepted(string host)
    {
        using var client = fixture.Gateway.ClientOf("alice");
        using var request = client.Bare(HttpMethod.Get, "/healthz");
        var authority = $"{host}:{new Uri(fixture.Gateway.Url).Port}";
        request.Headers.Host = authority;
        request.Headers.Add("Origin", "http://" + authority);
        using var response = await client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Cors_is_closed_unless_an_origin_is_configured()
    {
        using var closed = await PreflightAsync(fixture.Gateway, "https://console.example");
        closed.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();

        await using var gateway = await GatewayUnderTest.StartAsync(new() { ["INFRA_GATE_ALLOWED_ORIGINS"] = "https://console.example" });
        using var open = await PreflightAsync(gateway, "https://console.example");
        open.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["https://console.example"]);
        using var other = await PreflightAsync(gateway, "https://other.example");
        other.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/mcp")]
    [InlineData("/nothing-here")]
    public async Task Every_answer_carries_the_security_headers(string path)
    {
        using var client = fixture.Gateway.NewClient(null);
        using var response = await client.SendAsync(client.Bare(HttpMethod.Get, path));

        foreach (var (name, value) in new[] { ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"), ("Referrer-Policy", "same-origin"), ("Cache-Control", "no-store") })
        {
            response.Headers.GetValues(name).ShouldBe([value]);
        }

        response.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("frame-ancestors 'none'");
        response.Headers.Contains("Server").ShouldBeFalse();
    }

    private static async Task<HttpResponseMessage> PreflightAsync(GatewayUnderTest gateway, string origin)
    {
        var client = gateway.NewClient(null);
        using var request = client.Bare(HttpMethod.Options, "/mcp");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");
        return await client.SendAsync(request);
    }
}
