using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace InfraGate.McpGateway.Guardrails;

/// <summary>Cleans the content blocks of one result. What cannot be inspected (images, audio, binary resources) is left out, and that is said.</summary>
internal sealed class ContentGuard(TextGuard text, JsonGuard json, GuardrailFindings findings)
{
    private const string LeftOut = "[removed: content that cannot be inspected]";

    /// <summary>Cleans a block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="fence">Whether its text is, in part, written by workloads.</param>
    public ContentBlock Clean(ContentBlock block, bool fence)
    {
        switch (block)
        {
            case TextContentBlock given:
                var clean = text.Clean(given.Text, findings);
                return new TextContentBlock { Text = fence ? UntrustedLabel.Fence(clean) : clean, Annotations = given.Annotations, Meta = Clean(given.Meta) };
            case EmbeddedResourceBlock { Resource: TextResourceContents resource } embedded:
                var body = text.Clean(resource.Text, findings);
                return new EmbeddedResourceBlock
                {
                    Resource = new TextResourceContents { Uri = text.Clean(resource.Uri, findings), MimeType = resource.MimeType, Text = fence ? UntrustedLabel.Fence(body) : body, Meta = Clean(resource.Meta) },
                    Annotations = embedded.Annotations,
                    Meta = Clean(embedded.Meta),
                };
            case ResourceLinkBlock link:
                return new ResourceLinkBlock
                {
                    Uri = text.Clean(link.Uri, findings),
                    Name = text.Clean(link.Name, findings),
                    Title = Clean(link.Title),
                    Description = Clean(link.Description),
                    MimeType = link.MimeType,
                    Size = link.Size,
                    Annotations = link.Annotations,
                    Meta = Clean(link.Meta),
                };
            default:
                findings.AddUninspectable();
                return new TextContentBlock { Text = LeftOut };
        }
    }

    /// <summary>Cleans metadata.</summary>
    public JsonObject? Clean(JsonObject? meta) =>
        meta is null ? null : JsonObject.Create(json.Clean(JsonSerializer.SerializeToElement(meta), findings));

    private string? Clean(string? value) => value is null ? null : text.Clean(value, findings);
}
