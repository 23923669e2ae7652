using InfraGate.DevIssuer.Configuration;
using Microsoft.IdentityModel.Tokens;

namespace InfraGate.DevIssuer.Keys;

/// <summary>The keys in use. Looks at the file before each use, so that <c>rotate-keys</c> takes effect without a restart.</summary>
internal sealed partial class SigningKeyRing
{
    private readonly KeyFile _file;
    private readonly ILogger<SigningKeyRing> _logger;
    private readonly Lock _gate = new();
    private (DateTime Written, long Length) _version;
    private List<SigningKey> _keys = [];

    public SigningKeyRing(IssuerOptions options, TimeProvider time, ILogger<SigningKeyRing> logger)
    {
        _file = new KeyFile(options.StateRoot);
        _logger = logger;
        _file.EnsureKey(time.GetUtcNow());
        _version = _file.Version;
        _keys = Read();
    }

    /// <summary>Every key whose signatures are accepted, the one that signs first.</summary>
    public IReadOnlyList<SigningKey> Published
    {
        get
        {
            lock (_gate)
            {
                Refresh();
                return _keys;
            }
        }
    }

    public SigningCredentials Credentials => new(Published[0].Security, SigningKey.Algorithm);

    private void Refresh()
    {
        var version = _file.Version;
        if (version == _version)
        {
            return;
        }

        try
        {
            _keys = Read();
            _version = version;
            KeysChanged(_keys[0].Kid);
        }
        catch (IssuerConfigurationException unreadable)
        {
            // The last good keys stay in use; the next request looks again.
            KeysUnreadable(unreadable);
        }
    }

    private List<SigningKey> Read()
    {
        var stored = _file.Load().Keys.OrderBy(key => key.RetiredAt is not null).ThenByDescending(key => key.CreatedAt).ToList();
        if (stored.Count == 0 || stored[0].RetiredAt is not null)
        {
            throw new IssuerConfigurationException(["keys.json holds no key to sign with: run the issuer with 'rotate-keys' to make one."]);
        }

        try
        {
            return [.. stored.Select(SigningKey.Read)];
        }
        catch (Exception broken) when (broken is FormatException or System.Security.Cryptography.CryptographicException)
        {
            throw new IssuerConfigurationException([$"keys.json holds a key that cannot be read ({broken.Message}): restore it, or move it away to start with a new key."]);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Signing keys were rotated; new tokens are signed by {Kid}")]
    private partial void KeysChanged(string kid);

    [LoggerMessage(Level = LogLevel.Error, Message = "The changed signing keys cannot be read; the previous ones stay in use")]
    private partial void KeysUnreadable(Exception exception);
}
