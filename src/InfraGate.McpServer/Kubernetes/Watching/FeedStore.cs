using System.Globalization;

namespace InfraGate.McpServer.Kubernetes.Watching;

/// <summary>
/// What a feed knows, and what it must know before it may be read. Not safe for use by several threads.
/// Versions are compared as numbers, which etcd's revisions are.
/// </summary>
/// <remarks>https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions</remarks>
internal sealed class FeedStore<TItem>(int maxItems, long maxWeight)
{
    private readonly Dictionary<string, FeedEntry<TItem>> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> _deleted = new(StringComparer.Ordinal);
    private IReadOnlyList<TItem>? _items;
    private ulong _version;
    private ulong _floor;
    private long _weight;

    /// <summary>The last version heard of.</summary>
    public string Version => _version.ToString(CultureInfo.InvariantCulture);

    /// <summary>Grows whenever the content changes, and never starts over.</summary>
    public long Change { get; private set; }

    /// <summary>Whether everything that this process has seen or written elsewhere has arrived here.</summary>
    public bool IsCaughtUp
    {
        get
        {
            foreach (var (name, uid) in _deleted)
            {
                if (!_entries.TryGetValue(name, out var entry) || entry.IsDeleting || entry.Uid != uid)
                {
                    _deleted.Remove(name);
                }
            }

            return _version >= _floor && _deleted.Count == 0;
        }
    }

    /// <summary>Sorted by name, as the API server lists them.</summary>
    public IReadOnlyList<TItem> Items => _items ??= [.. _entries.Values.OrderBy(entry => entry.Name, StringComparer.Ordinal).Select(entry => entry.Item)];

    public FeedEntry<TItem>? Find(string name) => _entries.GetValueOrDefault(name);

    /// <summary>Starts anew.</summary>
    /// <exception cref="FeedRefusedException">It cannot be kept.</exception>
    public void Fill(FeedSeed<TItem> seed)
    {
        Clear();
        foreach (var entry in seed.Entries)
        {
            Put(entry);
        }

        _version = Number(seed.Version);
        RefuseTooLarge(isComplete: seed.IsComplete);
    }

    /// <exception cref="FeedRefusedException">It cannot be kept any more.</exception>
    public void Apply(WatchEventType type, FeedEntry<TItem> entry)
    {
        _version = Math.Max(_version, Number(entry.Version));
        switch (type)
        {
            case WatchEventType.Added or WatchEventType.Modified:
                Put(entry);
                RefuseTooLarge(isComplete: true);
                break;
            case WatchEventType.Deleted:
                Drop(entry.Name);
                break;
            default:
                break;
        }
    }

    /// <summary>Nothing may be read before this version has arrived.</summary>
    public void Raise(string? version)
    {
        if (ulong.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            _floor = Math.Max(_floor, number);
        }
    }

    /// <summary>Nothing may be read before the object that is known by this name is gone, or going.</summary>
    public void ExpectDeletion(string name)
    {
        if (_entries.TryGetValue(name, out var entry))
        {
            _deleted[name] = entry.Uid;
        }
    }

    public void Clear()
    {
        _entries.Clear();
        _deleted.Clear();
        _items = null;
        _weight = 0;
        Change++;
    }

    /// <summary>Forgets what had to arrive: a listing that starts now holds it.</summary>
    public void Lower() => _floor = 0;

    private void Put(FeedEntry<TItem> entry)
    {
        Drop(entry.Name);
        _entries.Add(entry.Name, entry);
        _weight += entry.Weight;
    }

    private void Drop(string name)
    {
        if (_entries.Remove(name, out var old))
        {
            _weight -= old.Weight;
        }

        _items = null;
        Change++;
    }

    private void RefuseTooLarge(bool isComplete)
    {
        if (!isComplete || _entries.Count > maxItems || _weight > maxWeight)
        {
            throw new FeedRefusedException($"more than {maxItems} objects or {maxWeight} bytes");
        }
    }

    private static ulong Number(string? version) => ulong.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new FeedRefusedException("the API server's resource versions are not numbers");
}
