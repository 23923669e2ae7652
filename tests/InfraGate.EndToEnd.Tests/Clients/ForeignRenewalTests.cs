using InfraGate.EndToEnd.Tests.People;
using InfraGate.RealParts.Browser;
using InfraGate.RealParts.OidcProvider;

namespace InfraGate.EndToEnd.Tests.Clients;

/// <summary>The foreign issuer with access tokens that run out so soon that every client must renew them.</summary>
public sealed class ShortTokenForeignGateway() : ForeignIssuerGateway(TokenRenewal.TokenLifetime);

/// <summary>Codex at an issuer that no one here wrote: resource and scopes from its configuration or found by itself, and its refresh tokens.</summary>
public sealed class ForeignRenewalTests(ShortTokenForeignGateway stack, ChromiumFixture chromium) : IClassFixture<ShortTokenForeignGateway>, IClassFixture<ChromiumFixture>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Codex_is_added_signs_in_calls_a_tool_and_renews_its_token_with_resource_and_scopes_set_or_not(bool named) =>
        TokenRenewal.CompletesAsync(stack.Gateway, chromium, new Person(OidcProviderFixture.Carol.Name, OidcProviderFixture.Carol.Password), named);
}
