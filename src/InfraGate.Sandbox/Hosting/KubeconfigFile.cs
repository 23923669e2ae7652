using System.Text;

namespace InfraGate.Sandbox.Hosting;

/// <summary>Writes a kubeconfig that only its owner can read.</summary>
internal static class KubeconfigFile
{
    /// <summary>Replaces the file at once, so that a reader never sees half of it.</summary>
    public static void Write(string path, Uri server, string token, string? authorityPem)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var authority = authorityPem is null
            ? string.Empty
            : "\n    certificate-authority-data: " + Convert.ToBase64String(Encoding.ASCII.GetBytes(authorityPem));
        var text = $"""
            apiVersion: v1
            kind: Config
            clusters:
            - name: infragate-sandbox
              cluster:
                server: {server.GetLeftPart(UriPartial.Authority)}{authority}
            users:
            - name: sandbox-admin
              user:
                token: {token}
            contexts:
            - name: infragate-sandbox
              context:
                cluster: infragate-sandbox
                user: sandbox-admin
                namespace: mcp-nginx-demo
            current-context: infragate-sandbox

            """;
        var draft = $"{full}.{Environment.ProcessId}.tmp";
        var creation = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            creation.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        File.Delete(draft);
        using (var writer = new StreamWriter(draft, creation))
        {
            writer.Write(text);
        }

        File.Move(draft, full, overwrite: true);
    }
}
