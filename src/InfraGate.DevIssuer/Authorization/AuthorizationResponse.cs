using InfraGate.DevIssuer.Hosting;
using InfraGate.DevIssuer.SignIn;

namespace InfraGate.DevIssuer.Authorization;

/// <summary>The way back to the client. Every answer names the issuer (RFC 9207), so that a client with several issuers cannot mix them up.</summary>
internal sealed class AuthorizationResponse(AuthorizationCodes codes, IssuerAddress address)
{
    public IResult Code(AuthorizationRequest request, BrowserSession session) =>
        Redirect(request.RedirectUri, [new("code", codes.Issue(request, session)), new("state", request.State)]);

    public IResult Error(AuthorizationRequest request, string code, string description) =>
        Error(request.RedirectUri, request.State, code, description);

    public IResult Error(string redirectUri, string? state, string code, string description) =>
        Redirect(redirectUri, [new("error", code), new("error_description", description), new("state", state)]);

    private SeeOther Redirect(string redirectUri, IReadOnlyList<KeyValuePair<string, string?>> parameters)
    {
        var query = parameters.Append(new("iss", address.Value))
            .Where(parameter => parameter.Value is not null)
            .Select(parameter => $"{parameter.Key}={Uri.EscapeDataString(parameter.Value!)}");
        return new SeeOther($"{redirectUri}{(redirectUri.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{string.Join('&', query)}");
    }
}
