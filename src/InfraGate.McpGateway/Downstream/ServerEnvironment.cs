using System.Collections;
using InfraGate.McpGateway.Configuration;

namespace InfraGate.McpGateway.Downstream;

/// <summary>
/// What the server process sees of the gateway's environment: the variables it is documented to read and those a process cannot do without. Everything
/// else, the gateway's secrets above all, stays out.
/// </summary>
internal sealed class ServerEnvironment(GatewayOptions options, IEnumerable<IServerEnvironment> contributions)
{
    private static readonly string[] s_names =
    [
        "KUBECONFIG", "KUBERNETES_SERVICE_HOST", "KUBERNETES_SERVICE_PORT", "PATH", "HOME", "USER", "USERNAME", "USERPROFILE", "LOGNAME", "LANG", "LC_ALL", "TZ",
        "TMPDIR", "TEMP", "TMP", "SystemRoot", "SSL_CERT_FILE", "SSL_CERT_DIR", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy",
        "DOTNET_ROOT", "DOTNET_CLI_HOME", "DOTNET_TieredPGO", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT",
    ];

    private static readonly string[] s_prefixes = ["K8S_MCP_", "XDG_", "OTEL_", "DOTNET_GC"];

    // The server's requests are small and short-lived. The runtime sizes its youngest generation after the processor's cache, tens of megabytes that are touched before the first
    // collection; 4 MiB keeps some 20 MB less resident and costs no measurable time. In hexadecimal, as the runtime reads it.
    private static readonly KeyValuePair<string, string> s_smallYoungGeneration = KeyValuePair.Create("DOTNET_GCgen0size", "0x400000");

    /// <summary>The complete environment of a server that is about to start.</summary>
    public Dictionary<string, string> Build()
    {
        var allowed = new HashSet<string>([.. s_names, .. options.Downstream.PassEnvironment], StringComparer.Ordinal);
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            var name = (string)entry.Key;
            if (allowed.Contains(name) || s_prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
            {
                environment[name] = (string?)entry.Value ?? "";
            }
        }

        environment.TryAdd(s_smallYoungGeneration.Key, s_smallYoungGeneration.Value);
        environment["K8S_MCP_APPROVAL_ROOT"] = options.Storage.ApprovalRoot;
        environment["INFRA_GATE_GATEWAY_PID"] = Environment.ProcessId.ToString();
        foreach (var (name, value) in contributions.SelectMany(contribution => contribution.Variables))
        {
            environment[name] = value;
        }

        return environment;
    }
}
