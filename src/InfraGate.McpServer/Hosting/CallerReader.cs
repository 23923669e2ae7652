using System.Text.Json;
using System.Text.Json.Nodes;
using InfraGate.McpServer.Tools;

namespace InfraGate.McpServer.Hosting;

/// <summary>Tells who calls: from the gateway's <c>_meta</c> behind a gateway, the local user otherwise.</summary>
internal sealed class CallerReader(GatewayLink? gateway)
{
    /// <summary>The key the gateway sets, and strips from whatever its clients send.</summary>
    public const string MetaKey = "infragate.dev/caller";

    /// <summary>Whether nobody stands between this server and the model.</summary>
    public bool IsStandalone => gateway is null;

    /// <param name="meta">The call's <c>_meta</c>.</param>
    /// <param name="clientName">The name the client gave itself at initialize; used only when standing alone.</param>
    /// <exception cref="ToolException">Behind a gateway, and the call carries no usable identity.</exception>
    public Caller Read(JsonObject? meta, string? clientName)
    {
        if (gateway is null)
        {
            // Alone, whoever speaks on stdin is the local user; an identity in _meta would be one the client chose.
            return Caller.LocalUser(clientName);
        }

        return MetaReading.Read(meta, found => found[MetaKey]?.Deserialize(HostingJson.Default.CallerMeta), otherwise: null) is { Subject.Length: > 0 } caller
            ? new Caller(caller.Subject, caller.Name ?? caller.Subject, caller.Client ?? "unknown", caller.Groups ?? [], caller.Scopes ?? [], caller.Namespaces, caller.ClientName, caller.Owner)
            : throw Missing();
    }

    private static ToolException Missing() => new(
        ToolErrorCode.Forbidden,
        "The call carries no verified caller.",
        "Call through the gateway's /mcp endpoint.");
}
