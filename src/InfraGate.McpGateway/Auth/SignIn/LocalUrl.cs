namespace InfraGate.McpGateway.Auth.SignIn;

/// <summary>Where a browser goes after sign-in: always a page of ours, made from the request's own path, never from a parameter (open redirect).</summary>
internal static class LocalUrl
{
    private const string Inbox = "/approvals";

    /// <summary>The path and query of the request; the inbox for anything that is not a page under <c>/approvals</c>.</summary>
    public static string Of(HttpRequest request) =>
        request.Path.StartsWithSegments(Inbox, StringComparison.Ordinal) && !request.Path.StartsWithSegments(ApproverSignIn.CallbackPath, StringComparison.Ordinal)
            ? request.Path.ToUriComponent() + request.QueryString.ToUriComponent()
            : Inbox;
}
