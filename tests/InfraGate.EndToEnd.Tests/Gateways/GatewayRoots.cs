using InfraGate.RealParts.Files;

namespace InfraGate.EndToEnd.Tests.Gateways;

/// <summary>The folders of one gateway; they outlive its process, so that it can be started on them again.</summary>
public sealed class GatewayRoots : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.CreateInMemory("gateway");

    public string Approvals => _folder.File("approvals");

    public string Keys => _folder.File("keys");

    public string Guardrails => _folder.File("guardrails");

    /// <summary>Writes a file beside the folders and returns its path.</summary>
    public string Write(string name, string content) => _folder.Write(name, content);

    public void Dispose() => _folder.Dispose();
}
