using InfraGate.DevIssuer.Authorization;

namespace InfraGate.DevIssuer.SignIn;

/// <summary>An authorization request that waits for a person in one particular browser.</summary>
internal sealed record Interaction(string Id, string BrowserHash, AuthorizationRequest Request, DateTimeOffset ExpiresAt);
