using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Claims;
using System.Security.Cryptography;

namespace InfraGate.McpGateway.Auth;

/// <summary>
/// Remembers credentials that were verified a moment ago, by SHA-256 of the credential, so that a busy caller pays for one signature check, not
/// thousands. An entry lives until the credential expires but never over five minutes; the whole cache is dropped when the issuer's keys change.
/// </summary>
internal sealed class VerifiedCredentialCache(TimeProvider time)
{
    private const int MaxEntries = 10_000;
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<Fingerprint, Entry> _entries = new();

    /// <summary>The principal of a credential that is known to be good right now, or null.</summary>
    public ClaimsPrincipal? Find(string credential)
    {
        if (_entries.TryGetValue(Fingerprint.Of(credential), out var entry))
        {
            if (time.GetUtcNow() < entry.Until)
            {
                return entry.Principal;
            }

            _entries.TryRemove(Fingerprint.Of(credential), out _);
        }

        return null;
    }

    /// <summary>Remembers a verified credential until it expires.</summary>
    public void Add(string credential, ClaimsPrincipal principal, DateTimeOffset expires)
    {
        var now = time.GetUtcNow();
        if (_entries.Count >= MaxEntries)
        {
            Shrink(now);
        }

        var until = expires < now + s_longest ? expires : now + s_longest;
        if (until > now)
        {
            _entries[Fingerprint.Of(credential)] = new Entry(principal, until);
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => _entries.Clear();

    private void Shrink(DateTimeOffset now)
    {
        foreach (var (key, entry) in _entries)
        {
            if (entry.Until <= now)
            {
                _entries.TryRemove(key, out _);
            }
        }

        if (_entries.Count >= MaxEntries)
        {
            _entries.Clear();
        }
    }

    private sealed record Entry(ClaimsPrincipal Principal, DateTimeOffset Until);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Fingerprint(UInt128 High, UInt128 Low)
    {
        public static Fingerprint Of(string credential)
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(MemoryMarshal.AsBytes(credential.AsSpan()), hash);
            var halves = MemoryMarshal.Cast<byte, UInt128>(hash);
            return new Fingerprint(halves[0], halves[1]);
        }
    }
}
