using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace InfraGate.McpServer.Hosting;

/// <summary>Binds <see cref="ServerOptions"/> from environment variables and reports every mistake together.</summary>
internal sealed partial class ServerOptionsReader
{
    private readonly Func<string, string?> _environment;
    private readonly List<string> _mistakes;

    private ServerOptionsReader(Func<string, string?> environment, List<string> mistakes)
    {
        _environment = environment;
        _mistakes = mistakes;
    }

    /// <param name="environment">Looks a variable up; null when it is not set.</param>
    /// <param name="parentProcessId">This process's parent, to compare with the gateway's claim; null where it cannot be known.</param>
    /// <param name="mistakes">Takes what is wrong, each with its cure; the options are of use only when there is nothing.</param>
    public static ServerOptions Read(Func<string, string?> environment, int? parentProcessId, List<string> mistakes) =>
        new ServerOptionsReader(environment, mistakes).Read(parentProcessId);

    private ServerOptions Read(int? parentProcessId)
    {
        var options = new ServerOptions
        {
            ApprovalRoot = Path.GetFullPath(Value("K8S_MCP_APPROVAL_ROOT") ?? ".mcp-approvals"),
            Clusters = Clusters(),
            NamesClusters = Value("K8S_MCP_CONTEXTS") is not null,
            Impersonate = Flag("K8S_MCP_IMPERSONATE", unset: false),
            ReadCache = Flag("K8S_MCP_READ_CACHE", unset: true),
            MaxReplicas = Number("K8S_MCP_MAX_REPLICAS", 5, 0, 1000),
            MaxPendingPlans = Number("K8S_MCP_MAX_PENDING_PLANS", 100, 0, 1_000_000),
            Lease = TimeSpan.FromSeconds(Number("K8S_MCP_LEASE_SECONDS", 15, 1, 300)),
            EstablishWithin = TimeSpan.FromSeconds(Number("K8S_MCP_ESTABLISH_SECONDS", 30, 0, 600)),
            RolloutWait = TimeSpan.FromSeconds(Number("K8S_MCP_ROLLOUT_WAIT_SECONDS", 20, 0, 600)),
            PolicyFile = PolicyFile(),
            Database = Value("K8S_MCP_DATABASE"),
            Kubeconfig = Kubeconfig(),
            Gateway = Gateway(parentProcessId),
            IsProduction = IsProduction(),
        };
        if (options.Impersonate && options.Gateway is null)
        {
            _mistakes.Add("K8S_MCP_IMPERSONATE=true needs the gateway, which verifies who calls; unset it to run the server alone.");
        }

        return options;
    }

    private string? Value(string name) => _environment(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    private List<AllowedCluster> Clusters()
    {
        var shared = Namespaces("K8S_MCP_ALLOWED_NAMESPACES", Value("K8S_MCP_ALLOWED_NAMESPACES") ?? "mcp-nginx-demo");
        if (Value("K8S_MCP_CONTEXTS") is not { } contexts)
        {
            return [new AllowedCluster(Context: null, shared)];
        }

        var clusters = new List<AllowedCluster>();
        foreach (var entry in contexts.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var separator = entry.LastIndexOf('=');
            var name = (separator < 0 ? entry : entry[..separator]).Trim();
            if (name.Length == 0 || clusters.Exists(cluster => string.Equals(cluster.Context, name, StringComparison.Ordinal)))
            {
                _mistakes.Add($"K8S_MCP_CONTEXTS names {(name.Length == 0 ? "an empty context" : $"'{name}' twice")}; write it like prod=shop,web;staging=shop.");
                continue;
            }

            clusters.Add(new AllowedCluster(name, separator < 0 ? shared : Namespaces("K8S_MCP_CONTEXTS", entry[(separator + 1)..])));
        }

        if (clusters.Count == 0)
        {
            _mistakes.Add("K8S_MCP_CONTEXTS names no context; write it like prod=shop,web;staging=shop, or unset it.");
        }

        return clusters;
    }

    private List<string> Namespaces(string variable, string value)
    {
        var names = value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (names.Length == 0)
        {
            _mistakes.Add($"{variable} allows no namespace; list at least one, separated by commas.");
        }

        foreach (var name in names.Where(name => name.Length > 63 || !DnsLabel().IsMatch(name)))
        {
            _mistakes.Add($"{variable}: '{name}' is no namespace name (a-z, 0-9, '-', at most 63 characters; there are no wildcards).");
        }

        return [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private bool Flag(string name, bool unset)
    {
        switch (Value(name)?.ToLowerInvariant())
        {
            case null:
                return unset;
            case "false" or "0":
                return false;
            case "true" or "1":
                return true;
            default:
                _mistakes.Add($"{name} must be true or false.");
                return unset;
        }
    }

    private int Number(string name, int unset, int minimum, int maximum)
    {
        if (Value(name) is not { } text)
        {
            return unset;
        }

        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum)
        {
            return number;
        }

        _mistakes.Add($"{name} must be a whole number from {minimum} to {maximum}, not '{text}'.");
        return unset;
    }

    private string? PolicyFile()
    {
        var path = Value("K8S_MCP_POLICY_FILE");
        if (path is not null && !File.Exists(path))
        {
            _mistakes.Add($"K8S_MCP_POLICY_FILE: there is no file '{path}'; correct the path or unset it.");
        }

        return path is null ? null : Path.GetFullPath(path);
    }

    private string[] Kubeconfig() =>
        Value("KUBECONFIG")?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private GatewayLink? Gateway(int? parentProcessId)
    {
        var (key, process) = (Value("INFRA_GATE_GRANT_PUBLIC_KEY"), Value("INFRA_GATE_GATEWAY_PID"));
        if (key is null && process is null)
        {
            return null;
        }

        if (key is null || process is null)
        {
            _mistakes.Add("INFRA_GATE_GRANT_PUBLIC_KEY and INFRA_GATE_GATEWAY_PID are set by the gateway, both or neither; unset both to run the server alone.");
            return null;
        }

        // Only the gateway may vouch for callers. A process that is not our parent did not launch us.
        if (!int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id != parentProcessId)
        {
            _mistakes.Add("INFRA_GATE_GATEWAY_PID is not the process that launched this one; let the gateway launch the server, or unset it to run the server alone.");
        }

        return new GatewayLink(id, PublicKey(key));
    }

    private byte[] PublicKey(string text)
    {
        try
        {
            var bytes = Convert.FromBase64String(text);
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(bytes, out _);
            if (key.KeySize == 256)
            {
                return bytes;
            }
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            _mistakes.Add($"INFRA_GATE_GRANT_PUBLIC_KEY is no public key ({exception.GetType().Name}); let the gateway launch the server.");
            return [];
        }

        _mistakes.Add("INFRA_GATE_GRANT_PUBLIC_KEY must be an ES256 (P-256) public key; let the gateway launch the server.");
        return [];
    }

    private bool IsProduction() =>
        string.Equals(Value("DOTNET_ENVIRONMENT") ?? Value("ASPNETCORE_ENVIRONMENT"), "Production", StringComparison.OrdinalIgnoreCase)
        || string.Equals(Value("ASPNETCORE_ENVIRONMENT"), "Production", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?\\z", RegexOptions.NonBacktracking)]
    private static partial Regex DnsLabel();
}
