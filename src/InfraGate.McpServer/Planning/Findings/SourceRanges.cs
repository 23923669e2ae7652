using System.Net;
using System.Text.Json.Nodes;
using InfraGate.McpServer.Planning.Objects;

namespace InfraGate.McpServer.Planning.Findings;

/// <summary>The addresses that a load balancer lets in: those of <c>spec.loadBalancerSourceRanges</c>, else of the older annotation, else all.</summary>
internal sealed class SourceRanges
{
    private const string Annotation = "service.beta.kubernetes.io/load-balancer-source-ranges";
    private static readonly string[] Everyone = ["0.0.0.0/0", "::/0"];
    private readonly IReadOnlyList<string> _ranges;

    private SourceRanges(IReadOnlyList<string> ranges) => _ranges = ranges;

    public static SourceRanges Of(JsonObject? service)
    {
        var named = (service.At("spec", "loadBalancerSourceRanges") as JsonArray ?? []).Select(range => range.Text());
        var annotated = service.TextAt("metadata", "annotations", Annotation)?.Split(',') ?? [];
        foreach (var ranges in (string[][])[Clean(named), Clean(annotated)])
        {
            if (ranges.Length > 0)
            {
                return new SourceRanges(ranges);
            }
        }

        return new SourceRanges(Everyone);
    }

    /// <summary>The ranges of which no range of the other holds the whole. What cannot be read as a range counts as one that nothing holds.</summary>
    public IReadOnlyList<string> BeyondThoseOf(SourceRanges other) => [.. _ranges.Where(range => !other._ranges.Any(wide => wide == range || Holds(wide, range)))];

    private static bool Holds(string wide, string range) =>
        IPNetwork.TryParse(wide, out var outer) && IPNetwork.TryParse(range, out var inner) && outer.Contains(inner.BaseAddress) && inner.PrefixLength >= outer.PrefixLength;

    private static string[] Clean(IEnumerable<string?> ranges) => [.. ranges.Select(range => range?.Trim()).OfType<string>().Where(range => range.Length > 0)];
}
