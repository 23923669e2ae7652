namespace InfraGate.DevIssuer.Authorization;

/// <summary>
/// A request to <c>/authorize</c> that cannot go on. Without a checked redirect it is shown to the person and never redirected (open
/// redirect); with one the client is told.
/// </summary>
internal sealed class AuthorizationRefusal(string code, string description, string? redirectUri = null, string? state = null) : Exception(description)
{
    public string Code { get; } = code;

    public string? RedirectUri { get; } = redirectUri;

    public string? State { get; } = state;
}
