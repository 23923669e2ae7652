using System.Security.Cryptography;
using InfraGate.Plans.Policy.Yaml;

namespace InfraGate.Plans.Policy;

/// <summary>
/// The policy from a file (<c>K8S_MCP_POLICY_FILE</c>). Each access reads the file (it is small) and compares its hash, so that an edit is in force at the next question, whatever
/// the file system says about times; <c>docs/policy.md</c> describes the format.
/// </summary>
public sealed class PolicyFile : IPolicySource
{
    /// <summary>The largest file that is read.</summary>
    public const int MaximumBytes = 256 * 1024;

    private const int VersionLength = 12;

    private readonly string _path;
    private readonly Action<string?> _told;
    private readonly Lock _lock = new();
    private PolicySnapshot _current;
    private string _seen = string.Empty;

    private PolicyFile(string path, Action<string?> told)
    {
        _path = path;
        _told = told;
        var bytes = Read();
        _seen = HashOf(bytes);
        _current = Parse(bytes, _seen);
    }

    /// <inheritdoc />
    public PolicySnapshot Current
    {
        get
        {
            lock (_lock)
            {
                var before = _current.Problem;
                Refresh();
                if (_current.Problem != before)
                {
                    _told(_current.Problem);
                }

                return _current;
            }
        }
    }

    /// <summary>Opens the policy: the file's, or the built-in one where no file is configured.</summary>
    /// <param name="path">The file; null or blank for the built-in policy.</param>
    /// <param name="told">Is told, once, why a newer version is not in force (<see cref="PolicySnapshot.Problem"/>), and with null that this is over; called under a lock, so that it must be quick.</param>
    /// <exception cref="PolicyException">The file cannot be read or does not validate: nothing that needs a policy may start.</exception>
    public static IPolicySource Open(string? path, Action<string?>? told = null) =>
        string.IsNullOrWhiteSpace(path) ? new BuiltInPolicy() : new PolicyFile(Path.GetFullPath(path), told ?? (static _ => { }));

    private void Refresh()
    {
        try
        {
            var bytes = Read();
            var hash = HashOf(bytes);
            if (hash != _seen)
            {
                _seen = hash;
                _current = hash.StartsWith(_current.Version, StringComparison.Ordinal) ? _current.With(problem: null) : Parse(bytes, hash);
            }
        }
        catch (PolicyException exception)
        {
            _current = _current.With($"The policy of version {_current.Version} stays in force. {exception.Message}");
        }
    }

    private byte[] Read()
    {
        try
        {
            using var stream = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var buffer = new byte[MaximumBytes + 1];
            var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return length <= MaximumBytes ? buffer[..length] : throw new IOException($"it is larger than {MaximumBytes / 1024} KiB.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            // Whatever it holds when it can be read again is looked at again.
            _seen = string.Empty;
            throw new PolicyException($"The policy file {_path} cannot be read: {exception.Message}", exception);
        }
    }

    private PolicySnapshot Parse(byte[] bytes, string hash)
    {
        var (snapshot, mistakes) = PolicyDocument.Parse(bytes, hash[..VersionLength]);
        return snapshot ?? throw new PolicyException($"The policy file {_path} is refused as a whole:\n{string.Join('\n', mistakes.Select(mistake => "- " + mistake))}");
    }

    private static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private sealed class BuiltInPolicy : IPolicySource
    {
        public PolicySnapshot Current => PolicySnapshot.BuiltIn;
    }
}
