using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using InfraGate.ApprovalUi.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace InfraGate.ApprovalUi.Tests.Support;

/// <summary>A sign-in whose cookie names the person. The gateway's own is tested with the gateway.</summary>
internal sealed class TestSignIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "test";

    public const string Cookie = "person";

    /// <summary>The cookie's value for a person.</summary>
    public static string ValueFor(Person person) => Uri.EscapeDataString(JsonSerializer.Serialize(person));

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Cookies[Cookie] is not { } value)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        var person = JsonSerializer.Deserialize<Person>(Uri.UnescapeDataString(value))!;
        var identity = new ClaimsIdentity([new Claim("sub", person.Subject), new Claim("name", person.Name), .. person.Groups.Select(group => new Claim("groups", group))], ApproverIdentity.Scheme);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName)));
    }
}
