using System.Text.Json;
using System.Text.Json.Serialization;

namespace InfraGate.DevIssuer.Clients;

/// <summary>A set of scopes this issuer knows, in the order in which its metadata lists them. Unknown scopes are ignored (RFC 6749, section 3.3).</summary>
[JsonConverter(typeof(AsText))]
internal sealed class ScopeSet
{
    public const string OpenId = "openid";
    public const string Profile = "profile";
    public const string GroupsScope = "groups";

    /// <summary>One list for discovery and for registration: a client that registers with less than what it is then told to ask for fails to sign in.</summary>
    public static readonly ScopeSet All =
        new(["mcp:tools", "mcp:read", "mcp:plan", "mcp:apply", OpenId, Profile, GroupsScope, "offline_access"]);

    private readonly string[] _scopes;

    private ScopeSet(string[] scopes) => _scopes = scopes;

    public IReadOnlyList<string> Values => _scopes;

    public bool IsEmpty => _scopes.Length == 0;

    /// <summary>True when a token with these scopes is meant for an MCP server rather than for this issuer's own userinfo.</summary>
    public bool OpensMcp => _scopes.Any(scope => scope.StartsWith("mcp:", StringComparison.Ordinal));

    public static ScopeSet Parse(string text)
    {
        var wanted = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new ScopeSet([.. All._scopes.Where(known => wanted.Contains(known, StringComparer.Ordinal))]);
    }

    public bool Contains(string scope) => _scopes.Contains(scope, StringComparer.Ordinal);

    public bool Covers(ScopeSet other) => other._scopes.All(Contains);

    public ScopeSet Intersect(ScopeSet other) => new([.. _scopes.Where(other.Contains)]);

    public ScopeSet Union(ScopeSet other) => new([.. All._scopes.Where(scope => Contains(scope) || other.Contains(scope))]);

    public override string ToString() => string.Join(' ', _scopes);

    private sealed class AsText : JsonConverter<ScopeSet>
    {
        public override ScopeSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(reader.GetString() ?? string.Empty);

        public override void Write(Utf8JsonWriter writer, ScopeSet value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
