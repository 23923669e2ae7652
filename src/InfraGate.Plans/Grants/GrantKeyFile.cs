using System.Security.Cryptography;

namespace InfraGate.Plans.Grants;

/// <summary>
/// The gateway's grant-signing key: a P-256 private key as PKCS#8 PEM in <c>INFRA_GATE_KEY_ROOT</c>, made at the first start, readable for its owner only. Never in the approval root:
/// whoever can write there must not be able to sign.
/// </summary>
public sealed class GrantKeyFile : IDisposable
{
    /// <summary>The file's name in the key root.</summary>
    public const string FileName = "grant-signing-key.pem";

    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private GrantKeyFile(string path, ECDsa key)
    {
        Path = path;
        Key = key;
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>The private key; disposed with this.</summary>
    public ECDsa Key { get; }

    /// <summary>The public key as the server takes it in <c>INFRA_GATE_GRANT_PUBLIC_KEY</c>: base64 of its SubjectPublicKeyInfo.</summary>
    public string PublicKey => Convert.ToBase64String(Key.ExportSubjectPublicKeyInfo());

    /// <summary>The default of <c>INFRA_GATE_KEY_ROOT</c>: <c>$XDG_STATE_HOME/infragate</c>, else <c>~/.local/state/infragate</c>.</summary>
    public static string DefaultRoot
    {
        get
        {
            var state = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
            return System.IO.Path.IsPathRooted(state)
                ? System.IO.Path.Combine(state, "infragate")
                : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state", "infragate");
        }
    }

    /// <summary>Loads the key, or makes it when there is none. Several processes may do so at once and get the same key.</summary>
    /// <exception cref="GrantKeyException">The file or folder is open to others, cannot be read or written, or holds no P-256 key.</exception>
    public static GrantKeyFile LoadOrCreate(string root)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        var path = System.IO.Path.Combine(System.IO.Path.GetFullPath(root), FileName);
        try
        {
            EnsureFolder(System.IO.Path.GetDirectoryName(path)!);
            if (!File.Exists(path))
            {
                Create(path);
            }

            return new GrantKeyFile(path, Read(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new GrantKeyException($"The grant-signing key {path} cannot be read or written: {exception.Message} Set INFRA_GATE_KEY_ROOT to a folder of the gateway's own.", exception);
        }
    }

    /// <summary>Loads the key where there is one; null where there is none. Never makes one.</summary>
    /// <exception cref="GrantKeyException">The file or folder is open to others, cannot be read, or holds no P-256 key.</exception>
    public static GrantKeyFile? Load(string root) =>
        File.Exists(System.IO.Path.Combine(System.IO.Path.GetFullPath(root), FileName)) ? LoadOrCreate(root) : null;

    /// <inheritdoc />
    public void Dispose() => Key.Dispose();

    private static void EnsureFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder, OwnerFolder);
        }

        RequirePrivate(folder, "700");
    }

    /// <summary>Writes the key beside its place and links it there: the file is never seen half written, and the first of several processes wins.</summary>
    private static void Create(string path)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var draft = $"{path}.{Guid.NewGuid():N}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerFile;
        }

        try
        {
            using (var stream = new FileStream(draft, options))
            using (var writer = new StreamWriter(stream))
            {
                writer.WriteLine(key.ExportPkcs8PrivateKeyPem());
                writer.Flush();
                stream.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was quicker; its key is the one.
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private static ECDsa Read(string path)
    {
        RequirePrivate(path, "600");
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
            GrantVerifier.RequireP256(key);
            _ = key.ExportParameters(includePrivateParameters: true);
            return key;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            key.Dispose();
            throw new GrantKeyException($"{path} holds no P-256 private key in PEM. Restore it, or remove it to have a new one made; grants signed with the old one are then no longer good.", exception);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    private static void RequirePrivate(string path, string mode)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None)
        {
            throw new GrantKeyException($"{path} is open to other users of this machine. Run chmod {mode} on it, and consider the key known if others could read it.");
        }
    }
}
