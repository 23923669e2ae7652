namespace InfraGate.DevIssuer.Tokens;

/// <summary>A refusal in the words of RFC 6749, section 5.2 and its extensions. <see cref="OAuthErrorFilter"/> turns it into the answer.</summary>
internal sealed class OAuthError(string code, string description, int status = StatusCodes.Status400BadRequest) : Exception(description)
{
    public string Code { get; } = code;

    public int Status { get; } = status;

    /// <summary>Seconds after which trying again makes sense; becomes <c>Retry-After</c>.</summary>
    public int? RetryAfterSeconds { get; init; }

    public static OAuthError InvalidRequest(string description) => new("invalid_request", description);

    public static OAuthError InvalidGrant(string description) => new("invalid_grant", description);

    public static OAuthError InvalidClient(string description) => new("invalid_client", description, StatusCodes.Status401Unauthorized);

    public static OAuthError InvalidTarget(string description) => new("invalid_target", description);

    public static OAuthError InvalidScope(string description) => new("invalid_scope", description);

    public static OAuthError TooManyAttempts(TimeSpan wait) =>
        new("temporarily_unavailable", "Too many failed attempts. Wait a moment and try again.", StatusCodes.Status429TooManyRequests)
        {
            RetryAfterSeconds = (int)Math.Ceiling(wait.TotalSeconds),
        };
}
