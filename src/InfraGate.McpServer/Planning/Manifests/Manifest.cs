using System.Text.Json.Nodes;
using InfraGate.McpServer.Planning.Objects;

namespace InfraGate.McpServer.Planning.Manifests;

/// <summary>A manifest that was read whole: the text as given and the objects in it.</summary>
/// <param name="Text">As given, byte for byte.</param>
/// <param name="Documents">The objects in the order of the text; 1 to 20.</param>
/// <param name="EmptyDocuments">How many documents held nothing.</param>
internal sealed record Manifest(string Text, IReadOnlyList<ManifestDocument> Documents, int EmptyDocuments);

/// <summary>One object of a manifest.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="Root">The object as it stands in the text.</param>
/// <param name="Body">The object as it is sent: its namespace filled in, empty leftovers of other tools dropped.</param>
internal sealed record ManifestDocument(ObjectKind Kind, string Name, ManifestMap Root, JsonObject Body)
{
    public string Reference => $"{Kind.Name}/{Name}";
}
