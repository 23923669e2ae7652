using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Resources;

namespace InfraGate.Sandbox.Storage;

/// <summary>
/// The cluster's memory. Writes are compare-and-swap under one lock and get ascending revisions; reads take immutable
/// snapshots and never wait. Recent writes are kept so that watches can start in the past.
/// </summary>
internal sealed class ObjectStore
{
    private const int HistoryLength = 20_000;

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<ResourceType, Snapshot> _snapshots = [];
    private readonly Dictionary<ResourceType, Queue<StoreEvent>> _history = [];
    private readonly Dictionary<ResourceType, long> _forgotten = [];
    private readonly Dictionary<string, HashSet<ObjectKey>> _dependents = [];
    private readonly List<Action<StoreEvent>> _listeners = [];
    private long _revision = 1;

    /// <summary>The revision of the last write to anything.</summary>
    public long Revision => Volatile.Read(ref _revision);

    /// <summary>The resource as it is now. The snapshot's revision is that of its last write; see <see cref="Revision"/> for the cluster's.</summary>
    public Snapshot Snapshot(ResourceType type) => _snapshots.GetValueOrDefault(type) ?? Storage.Snapshot.Empty;

    /// <summary>A snapshot with the cluster's revision at that very moment, as lists report it.</summary>
    public Snapshot Consistent(ResourceType type)
    {
        lock (_gate)
        {
            return Snapshot(type) with { Revision = _revision };
        }
    }

    /// <summary>Every object of every resource.</summary>
    public IEnumerable<StoredObject> Everything() => _snapshots.Values.SelectMany(snapshot => snapshot.In(null));

    public StoredObject? Find(ObjectKey key) => Snapshot(key.Type).Find(key.Namespace, key.Name);

    public StoredObject? Find(ResourceType type, string @namespace, string name) => Snapshot(type).Find(@namespace, name);

    /// <summary>Stores a new object; null when one of that name exists.</summary>
    public StoredObject? TryCreate(ResourceType type, JsonObject value)
    {
        lock (_gate)
        {
            var metadata = value.Object("metadata")!;
            return Snapshot(type).Find(metadata.Text("namespace") ?? string.Empty, metadata.Text("name")!) is null ? Put(type, null, value) : null;
        }
    }

    /// <summary>Replaces an object; null when it is no longer the expected revision.</summary>
    public StoredObject? TryReplace(StoredObject expected, JsonObject value)
    {
        lock (_gate)
        {
            return ReferenceEquals(Find(expected.Key), expected) ? Put(expected.Key.Type, expected, value) : null;
        }
    }

    /// <summary>Removes an object; false when it is no longer the expected revision.</summary>
    public bool TryRemove(StoredObject expected)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(Find(expected.Key), expected))
            {
                return false;
            }

            var revision = ++_revision;
            _snapshots[expected.Key.Type] = Snapshot(expected.Key.Type).Without(expected.Key, revision);
            Index(expected, null);
            var last = expected.Parse();
            last.Ensure("metadata")["resourceVersion"] = revision.ToString();
            Publish(new StoreEvent(revision, new StoredObject(expected.Key.Type, last, revision), null));
            return true;
        }
    }

    /// <summary>The objects that name this uid as an owner.</summary>
    public IReadOnlyList<StoredObject> Dependents(string uid)
    {
        lock (_gate)
        {
            return _dependents.TryGetValue(uid, out var keys) ? [.. keys.Select(Find).OfType<StoredObject>()] : [];
        }
    }

    /// <summary>Calls <paramref name="listener"/> within the write for every later write; it must be quick and must not write.</summary>
    public IDisposable Listen(Action<StoreEvent> listener)
    {
        lock (_gate)
        {
            _listeners.Add(listener);
        }

        return new Subscription(this, listener);
    }

    /// <summary>
    /// Starts listening and answers the writes to one resource after a revision; null when they are no longer remembered.
    /// </summary>
    public IReadOnlyList<StoreEvent>? ListenAfter(ResourceType type, long revision, Action<StoreEvent> listener, out IDisposable subscription)
    {
        lock (_gate)
        {
            if (_forgotten.GetValueOrDefault(type) > revision)
            {
                subscription = Subscription.None;
                return null;
            }

            subscription = Listen(listener);
            return _history.TryGetValue(type, out var events) ? [.. events.Where(write => write.Revision > revision)] : [];
        }
    }

    private StoredObject Put(ResourceType type, StoredObject? before, JsonObject value)
    {
        var revision = ++_revision;
        value.Ensure("metadata")["resourceVersion"] = revision.ToString();
        var stored = new StoredObject(type, value, revision);
        _snapshots[type] = Snapshot(type).With(stored, revision);
        Index(before, stored);
        Publish(new StoreEvent(revision, before, stored));
        return stored;
    }

    private void Index(StoredObject? before, StoredObject? after)
    {
        foreach (var uid in before?.Owners ?? [])
        {
            if (_dependents.TryGetValue(uid, out var keys) && keys.Remove(before!.Key) && keys.Count == 0)
            {
                _dependents.Remove(uid);
            }
        }

        foreach (var uid in after?.Owners ?? [])
        {
            if (!_dependents.TryGetValue(uid, out var keys))
            {
                _dependents[uid] = keys = [];
            }

            keys.Add(after!.Key);
        }
    }

    private void Publish(StoreEvent write)
    {
        if (!_history.TryGetValue(write.Key.Type, out var events))
        {
            _history[write.Key.Type] = events = new Queue<StoreEvent>();
        }

        events.Enqueue(write);
        if (events.Count > HistoryLength)
        {
            _forgotten[write.Key.Type] = events.Dequeue().Revision;
        }

        foreach (var listener in _listeners)
        {
            listener(write);
        }
    }

    private sealed class Subscription(ObjectStore? store, Action<StoreEvent>? listener) : IDisposable
    {
        public static Subscription None { get; } = new(null, null);

        public void Dispose()
        {
            if (store is not null)
            {
                lock (store._gate)
                {
                    store._listeners.Remove(listener!);
                }
            }
        }
    }
}
