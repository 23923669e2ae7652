using InfraGate.McpGateway.Configuration;
using InfraGate.McpGateway.Downstream;
using InfraGate.Plans.Grants;

namespace InfraGate.McpGateway.Approvals;

/// <summary>The key that grants are signed with: its private half stays in this process, its public half is handed to the server at launch.</summary>
internal sealed class GrantKey(GatewayOptions options) : IServerEnvironment
{
    /// <summary>The variable that the server reads.</summary>
    public const string Variable = "INFRA_GATE_GRANT_PUBLIC_KEY";

    private readonly GrantKeyFile _file = GrantKeyFile.LoadOrCreate(options.Storage.KeyRoot);

    /// <summary>The key.</summary>
    public GrantKeyFile File => _file;

    /// <inheritdoc />
    public IEnumerable<KeyValuePair<string, string>> Variables => [KeyValuePair.Create(Variable, _file.PublicKey)];
}
