namespace InfraGate.DevIssuer.SignIn;

/// <summary>A browser in which someone has signed in. <c>Id</c> appears as <c>sid</c> in ID tokens; it is not the cookie.</summary>
internal sealed record BrowserSession(string Id, string Subject, DateTimeOffset SignedInAt, DateTimeOffset ExpiresAt);
