namespace InfraGate.McpGateway.Auth.SignIn;

/// <summary>The folder of the keys that protect sign-in state, cookies and form tokens.</summary>
internal static class KeyRing
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes the folder, for its owner only.</summary>
    public static DirectoryInfo Prepare(string path) =>
        OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, OwnerOnly);
}
