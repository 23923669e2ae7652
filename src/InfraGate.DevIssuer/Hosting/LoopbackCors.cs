namespace InfraGate.DevIssuer.Hosting;

/// <summary>
/// Lets browser programs served from this machine (the MCP inspector) read discovery, keys and tokens. Only loopback origins, never
/// with cookies, and never for the pages: a page of another site gets no answer it can read.
/// </summary>
internal static class LoopbackCors
{
    /// <summary>Not the default policy: that one would reach the pages too.</summary>
    public const string Policy = "loopback programs";

    public static void AddLoopbackCors(this IServiceCollection services) => services.AddCors(cors => cors.AddPolicy(Policy, policy => policy
        .SetIsOriginAllowed(origin => Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.IsLoopback && uri.Scheme is "http" or "https")
        .WithMethods("GET", "POST")
        .WithHeaders("Authorization", "Content-Type", "MCP-Protocol-Version")
        .SetPreflightMaxAge(TimeSpan.FromMinutes(10))));
}
