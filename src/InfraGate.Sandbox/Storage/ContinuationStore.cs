using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Resources;

namespace InfraGate.Sandbox.Storage;

/// <summary>
/// Pages of one list come from one revision. A token carries the revision and the last key; the snapshot is kept here until it
/// expires, as etcd keeps revisions until it compacts them.
/// </summary>
internal sealed class ContinuationStore(TimeSpan lifetime, TimeProvider time)
{
    private const int Capacity = 128;

    private readonly ConcurrentDictionary<(ResourceType Type, long Revision), (Snapshot Snapshot, DateTimeOffset Expires)> _kept = [];

    /// <summary>An opaque token for the rest of the list after <paramref name="last"/>.</summary>
    public string Issue(ResourceType type, Snapshot snapshot, StoredObject last)
    {
        Forget();
        _kept.TryAdd((type, snapshot.Revision), (snapshot, time.GetUtcNow() + lifetime));
        var token = new JsonObject
        {
            ["v"] = "meta.k8s.io/v1",
            ["rv"] = snapshot.Revision,
            ["start"] = $"{last.Key.Namespace}/{last.Key.Name}\0",
        };
        return Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonText.Text(token))).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }

    /// <summary>The snapshot and the key after which the list goes on; the snapshot is null when it has expired, the answer null when the token is no token.</summary>
    public Continuation? Resolve(ResourceType type, string token)
    {
        Forget();
        try
        {
            var text = token.Replace('-', '+').Replace('_', '/');
            var value = JsonText.Object(Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '=')));
            if (value.Integer("rv") is not { } revision || value.Text("start") is not { } start || !start.Contains('/', StringComparison.Ordinal))
            {
                return null;
            }

            var parts = start.TrimEnd('\0').Split('/', 2);
            var snapshot = _kept.TryGetValue((type, revision), out var kept) ? kept.Snapshot : null;
            return new Continuation(snapshot, parts[0], parts[1]);
        }
        catch (Exception malformed) when (malformed is FormatException or System.Text.Json.JsonException or InvalidCastException)
        {
            return null;
        }
    }

    private void Forget()
    {
        var now = time.GetUtcNow();
        var surplus = Math.Max(0, _kept.Count - Capacity);
        foreach (var (key, _) in _kept.OrderBy(entry => entry.Value.Expires).TakeWhile((entry, index) => index < surplus || entry.Value.Expires <= now))
        {
            _kept.TryRemove(key, out _);
        }
    }
}

/// <summary>Where a paged list goes on.</summary>
internal sealed record Continuation(Snapshot? Snapshot, string Namespace, string Name);
