using InfraGate.DevIssuer.Configuration;

namespace InfraGate.DevIssuer.State;

/// <summary>The issuer's own folder: 0700, and locked while an issuer serves from it, so that two never overwrite each other's files.</summary>
internal sealed class StateFolder : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileStream _lock;

    private StateFolder(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    public string Path { get; }

    /// <summary>Creates the folder if needed and holds its lock until disposed.</summary>
    public static StateFolder Open(string path)
    {
        Create(path);
        return new StateFolder(path, Lock(System.IO.Path.Combine(path, "issuer.lock"), "another dev issuer serves from it; stop that one, or set DEV_ISSUER_STATE_ROOT to a different folder"));
    }

    public static void Create(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path);
            }
            else
            {
                Directory.CreateDirectory(path, OwnerOnly);
                File.SetUnixFileMode(path, OwnerOnly);
            }
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new IssuerConfigurationException([$"The state folder {path} cannot be used ({refused.Message}): set DEV_ISSUER_STATE_ROOT to a folder that this user may write to."]);
        }
    }

    /// <summary>Takes an advisory lock that ends with the process, however it ends.</summary>
    public static FileStream Lock(string file, string whoHoldsIt)
    {
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (Exception held) when (held is IOException or UnauthorizedAccessException)
        {
            throw new IssuerConfigurationException([$"The state folder {System.IO.Path.GetDirectoryName(file)} is in use: {whoHoldsIt}. ({held.Message})"]);
        }
    }

    public string FileNamed(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => _lock.Dispose();
}
