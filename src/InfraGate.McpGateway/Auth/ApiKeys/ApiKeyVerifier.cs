using System.Collections.Frozen;
using System.Security.Claims;
using System.Text.Json;
using InfraGate.McpGateway.Configuration;
using InfraGate.Plans;

namespace InfraGate.McpGateway.Auth.ApiKeys;

/// <summary>
/// Decides whether a presented API key is good. The file is read again when it changed (looked at once a second at most); a file that cannot be read
/// lets nobody in.
/// </summary>
internal sealed partial class ApiKeyVerifier(GatewayOptions options, TimeProvider time, ILogger<ApiKeyVerifier> logger)
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);

    private readonly ApiKeyFile _file = new(options.Storage.ApiKeysFile);
    private readonly Lock _lock = new();
    private DateTimeOffset _lookedAt = DateTimeOffset.MinValue;
    private Snapshot _snapshot = new(default, FrozenDictionary<string, ApiKeyRecord>.Empty, new VerifiedCredentialCache(time));

    /// <summary>The caller that the key speaks for, or null.</summary>
    public ClaimsPrincipal? Verify(string text)
    {
        var snapshot = Current();
        if (snapshot.Verified.Find(text) is { } known)
        {
            return known;
        }

        if (!ApiKeyText.TrySplit(text, out var id, out var secret)
            || !snapshot.Keys.TryGetValue(id, out var record)
            || record.Expires <= time.GetUtcNow()
            || !ApiKeyText.Matches(record, secret))
        {
            return null;
        }

        var principal = ToCaller(record).ToPrincipal();
        snapshot.Verified.Add(text, principal, record.Expires);
        return principal;
    }

    private static Caller ToCaller(ApiKeyRecord record) => new()
    {
        Subject = Requester.KeyPrefix + record.Name,
        Name = record.Name,
        Client = "api-key",
        Owner = record.Owner,
        Groups = [],
        Scopes = [.. record.Scopes.Where(ToolScopes.IsKnown)],
        Namespaces = record.Namespaces,
    };

    private Snapshot Current()
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            if (now - _lookedAt >= s_look)
            {
                _lookedAt = now;
                var stamp = _file.Stamp();
                if (stamp != _snapshot.Stamp)
                {
                    _snapshot = Load(stamp);
                }
            }

            return _snapshot;
        }
    }

    private Snapshot Load((DateTime, long) stamp)
    {
        // Verdicts are kept with the keys they were reached with, so that a revoked key is forgotten with its file.
        var cache = new VerifiedCredentialCache(time);
        try
        {
            var keys = _file.Read().ToFrozenDictionary(key => key.Id, StringComparer.Ordinal);
            LogRead(keys.Count);
            return new Snapshot(stamp, keys, cache);
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            LogUnreadable(failure.GetType().Name);
            return new Snapshot(stamp, FrozenDictionary<string, ApiKeyRecord>.Empty, cache);
        }
    }

    [LoggerMessage(LogLevel.Information, "Read {Count} API keys")]
    private partial void LogRead(int count);

    [LoggerMessage(LogLevel.Error, "The file of API keys cannot be read ({Reason}); no API key is accepted until it is mended")]
    private partial void LogUnreadable(string reason);

    private sealed record Snapshot((DateTime Written, long Length) Stamp, FrozenDictionary<string, ApiKeyRecord> Keys, VerifiedCredentialCache Verified);
}
