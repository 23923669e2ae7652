namespace InfraGate.McpGateway.Auth.SignIn;

/// <summary>The folder of the keys that protect sign-in state, cookies and form tokens.</summary>
internal static class KeyRing
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes the folder, and the key root above it, for their owner only.</summary>
    public static DirectoryInfo Prepare(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return Directory.CreateDirectory(path);
        }

        // The mode is given to the last folder of a path only; a key root made on the way would be open, and the grant key's guard would refuse it.
        if (Path.GetDirectoryName(path) is { Length: > 0 } root)
        {
            Directory.CreateDirectory(root, OwnerOnly);
        }

        return Directory.CreateDirectory(path, OwnerOnly);
    }
}
