using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace InfraGate.McpServer.Kubernetes.Config;

/// <summary>Reads and merges kubeconfig files (YAML or JSON).</summary>
internal static class KubeconfigLoader
{
    /// <param name="files">In order of precedence. As with kubectl, files that do not exist are passed over.</param>
    /// <exception cref="KubeconfigException">No file exists, or one cannot be read.</exception>
    public static Kubeconfig Load(IReadOnlyList<string> files)
    {
        var contexts = new Dictionary<string, ContextEntry>(StringComparer.Ordinal);
        var clusters = new Dictionary<string, ClusterEntry>(StringComparer.Ordinal);
        var users = new Dictionary<string, UserEntry>(StringComparer.Ordinal);
        string? current = null;
        var existing = files.Where(File.Exists).ToList();
        if (existing.Count == 0)
        {
            throw new KubeconfigException($"KUBECONFIG names no file that exists ({string.Join(", ", files)}); write a kubeconfig there or correct the path.");
        }

        foreach (var file in existing)
        {
            if (Parse(file) is not { } root)
            {
                continue;
            }

            var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
            current ??= root.Text("current-context");
            Add(contexts, root.Maps("contexts"), "context", map => new ContextEntry(map.Text("cluster"), map.Text("user")));
            Add(clusters, root.Maps("clusters"), "cluster", map => Cluster(map, folder));
            Add(users, root.Maps("users"), "user", map => User(map, folder));
        }

        return new Kubeconfig { CurrentContext = current, Contexts = contexts, Clusters = clusters, Users = users };
    }

    private static YamlMap? Parse(string file)
    {
        try
        {
            using var reader = File.OpenText(file);
            var stream = new YamlStream();
            stream.Load(reader);
            return stream.Documents is [{ RootNode: YamlMappingNode root }, ..] ? new YamlMap(root) : null;
        }
        catch (YamlException exception)
        {
            // The parser's own message may quote the line, and with it a token.
            throw new KubeconfigException($"The kubeconfig {file} is no valid YAML (line {exception.Start.Line}); correct it.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new KubeconfigException($"The kubeconfig {file} cannot be read ({exception.Message}); make it readable for this user.", exception);
        }
    }

    private static void Add<T>(Dictionary<string, T> into, IEnumerable<YamlMap> entries, string content, Func<YamlMap, T> read)
    {
        foreach (var entry in entries)
        {
            if (entry.Text("name") is { } name && entry.Map(content) is { } map)
            {
                into.TryAdd(name, read(map));
            }
        }
    }

    private static ClusterEntry Cluster(YamlMap map, string folder) => new()
    {
        Server = map.Text("server"),
        TlsServerName = map.Text("tls-server-name"),
        InsecureSkipTlsVerify = map.Flag("insecure-skip-tls-verify"),
        CertificateAuthority = Absolute(map.Text("certificate-authority"), folder),
        CertificateAuthorityData = map.Text("certificate-authority-data"),
        ProxyUrl = map.Text("proxy-url"),
    };

    private static UserEntry User(YamlMap map, string folder) => new()
    {
        Token = map.Text("token"),
        TokenFile = Absolute(map.Text("tokenFile"), folder),
        ClientCertificate = Absolute(map.Text("client-certificate"), folder),
        ClientCertificateData = map.Text("client-certificate-data"),
        ClientKey = Absolute(map.Text("client-key"), folder),
        ClientKeyData = map.Text("client-key-data"),
        Username = map.Text("username"),
        Password = map.Text("password"),
        ImpersonateUser = map.Text("as"),
        ImpersonateGroups = map.Texts("as-groups"),
        Exec = map.Map("exec") is { } exec ? Exec(exec, folder) : null,
        AuthProvider = map.Map("auth-provider")?.Text("name"),
    };

    private static ExecEntry Exec(YamlMap map, string folder)
    {
        var command = map.Text("command") ?? "";
        return new ExecEntry
        {
            ApiVersion = map.Text("apiVersion") ?? "",
            Command = command.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) ? Absolute(command, folder)! : command,
            Arguments = map.Texts("args"),
            Environment = [.. map.Maps("env").Select(variable => KeyValuePair.Create(variable.Text("name") ?? "", variable.Text("value") ?? "")).Where(pair => pair.Key.Length > 0)],
            ProvideClusterInfo = map.Flag("provideClusterInfo"),
            AlwaysInteractive = string.Equals(map.Text("interactiveMode"), "Always", StringComparison.Ordinal),
        };
    }

    private static string? Absolute(string? path, string folder) => path is null ? null : Path.GetFullPath(path, folder);
}
