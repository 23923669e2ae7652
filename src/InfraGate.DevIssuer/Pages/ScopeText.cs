namespace InfraGate.DevIssuer.Pages;

/// <summary>What a scope means, in the words of the person who is asked to allow it.</summary>
internal static class ScopeText
{
    public static string Of(string scope) => scope switch
    {
        "mcp:tools" => "Use every InfraGate tool: read, plan, and apply what you approved",
        "mcp:read" => "Read the allowed namespaces",
        "mcp:plan" => "Make plans for changes",
        "mcp:apply" => "Apply plans that you approved",
        "openid" => "Know that you signed in",
        "profile" => "Know your name and e-mail address",
        "groups" => "Know your groups",
        "offline_access" => "Stay signed in without asking again",
        _ => scope,
    };
}
