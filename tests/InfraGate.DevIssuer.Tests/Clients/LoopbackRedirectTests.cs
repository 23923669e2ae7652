using InfraGate.DevIssuer.Clients;

namespace InfraGate.DevIssuer.Tests.Clients;

public sealed class LoopbackRedirectTests
{
    [Theory]
    [InlineData("http://127.0.0.1:1455/callback", "http://127.0.0.1:40001/callback")]
    [InlineData("http://localhost/callback", "http://127.0.0.1:3118/callback")]
    [InlineData("http://127.0.0.1:1/callback", "http://localhost:2/callback")]
    [InlineData("http://[::1]:5/callback", "http://127.0.0.1:6/callback")]
    [InlineData("http://127.0.0.1", "http://127.0.0.1:33418/")]
    [InlineData("http://localhost:1/cb?x=1", "http://localhost:2/cb?x=1")]
    public void Port_and_loopback_name_may_differ(string registered, string presented) => LoopbackRedirect.Matches(registered, presented).ShouldBeTrue();

    [Theory]
    [InlineData("http://127.0.0.1:1455/other")]
    [InlineData("http://127.0.0.1:1455/callback/")]
    [InlineData("http://127.0.0.1:1455/callback/../callback")]
    [InlineData("http://127.0.0.1:1455/Callback")]
    [InlineData("http://127.0.0.1:1455/%63allback")]
    [InlineData("http://127.0.0.1:1455/callback?code=1")]
    [InlineData("https://127.0.0.1:1455/callback")]
    public void Everything_else_must_be_the_same(string presented) => LoopbackRedirect.Matches("http://127.0.0.1:1455/callback", presented).ShouldBeFalse();

    [Theory]
    [InlineData("https://evil.example/callback")]
    [InlineData("http://evil.example/callback")]
    [InlineData("http://127.0.0.1.evil.example/callback")]
    [InlineData("http://127.0.0.1@evil.example/callback")]
    [InlineData("http://user:pass@127.0.0.1/callback")]
    [InlineData("http://127.0.0.1:1455\\@evil.example/callback")]
    [InlineData("http://127.0.0.1:99999/callback")]
    [InlineData("http://127.0.0.1:0/callback")]
    [InlineData("http://127.0.0.1:/callback")]
    [InlineData("http://127.0.0.1/callback#fragment")]
    [InlineData("http://127.0.0.1/call back")]
    [InlineData("http://127.0.0.1/callback\r\nSet-Cookie: a=b")]
    [InlineData("http://127.0.0.1/\u202ecallback")]
    [InlineData("http://0.0.0.0/callback")]
    [InlineData("http://127.0.0.2/callback")]
    [InlineData("http://2130706433/callback")]
    [InlineData("http://[::ffff:127.0.0.1]/callback")]
    [InlineData("cursor://anysphere.cursor-mcp/oauth/callback")]
    [InlineData("javascript:alert(1)")]
    [InlineData("//127.0.0.1/callback")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_not_plainly_this_machine_is_never_acceptable(string? uri) => LoopbackRedirect.IsAcceptable(uri).ShouldBeFalse();
}
