using InfraGate.DevIssuer.State;

namespace InfraGate.DevIssuer.Keys;

/// <summary>The signing keys on disk. Written by the issuer at its first start and by <c>rotate-keys</c>, which may run beside it.</summary>
internal sealed class KeyFile(string stateRoot)
{
    private readonly StateFile<StoredKeys> _file = new(Path.Combine(stateRoot, "keys.json"));

    /// <summary>Changes whenever the file is replaced.</summary>
    public (DateTime Written, long Length) Version
    {
        get
        {
            var info = new FileInfo(_file.Path);
            return info.Exists ? (info.LastWriteTimeUtc, info.Length) : default;
        }
    }

    public StoredKeys Load() => _file.Load();

    /// <summary>Makes the first key when there is none.</summary>
    public void EnsureKey(DateTimeOffset now) => Change(stored => stored.Keys.Exists(key => key.RetiredAt is null) ? stored : WithNewKey(stored, now));

    /// <summary>Retires the signing key, makes a new one, and forgets keys retired for longer than <paramref name="publishRetiredFor"/>.</summary>
    public StoredKeys Rotate(DateTimeOffset now, TimeSpan publishRetiredFor) => Change(stored =>
    {
        var kept = stored.Keys
            .Where(key => key.RetiredAt is not { } retired || now - retired < publishRetiredFor)
            .Select(key => key with { RetiredAt = key.RetiredAt ?? now });
        return WithNewKey(new StoredKeys { Keys = [.. kept] }, now);
    });

    private static StoredKeys WithNewKey(StoredKeys stored, DateTimeOffset now) => new() { Keys = [SigningKey.Generate(now), .. stored.Keys] };

    private StoredKeys Change(Func<StoredKeys, StoredKeys> change)
    {
        using var held = StateFolder.Lock(_file.Path + ".lock", "another process is changing its keys; try again");
        var before = _file.Load();
        var after = change(before);
        if (!ReferenceEquals(before, after))
        {
            _file.Save(after);
        }

        return after;
    }
}
