using System.Text.RegularExpressions;
using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Planning.Manifests;
using InfraGate.McpServer.Tools;

namespace InfraGate.McpServer.Planning.Operations;

/// <summary>Turns what the manifest parser and the API server refuse into answers that name the object and, where it is known, the line.</summary>
internal static partial class Refusals
{
    private const string TypedPatch = "failed to create typed patch object";
    private const string MendHint = "Correct the manifest and call again; nothing was planned.";

    public static ToolException Of(ManifestException refusal) => refusal.Refusal is ManifestRefusal.UnsupportedKind
        ? new ToolException(ToolErrorCode.UnsupportedKind, refusal.Message, "Secrets, Ingresses, custom and cluster-wide resources are changed outside InfraGate.", inner: refusal)
        : new ToolException(ToolErrorCode.InvalidArgument, refusal.Message, MendHint, inner: refusal);

    /// <summary>Fields that were sent and did not come back.</summary>
    public static ToolException Unknown(RequestedChange change, IReadOnlyList<string> fields) => new(
        ToolErrorCode.InvalidArgument,
        $"{change.Reference}: unknown field{(fields.Count == 1 ? "" : "s")} {string.Join(", ", fields.Take(5).Select(field => Placed(change, field)))}.",
        MendHint);

    /// <summary>What the API server said of a change, with places in the manifest added; anything else stays as it is.</summary>
    public static Exception Of(KubernetesException refusal, RequestedChange change)
    {
        // Before 1.24 a schema mistake in a server-side apply is answered with 500.
        if (refusal.Message.Contains(TypedPatch, StringComparison.Ordinal))
        {
            var mistakes = SchemaMistake().Matches(refusal.Message).Select(match => $"{Placed(change, match.Groups["path"].Value)}: {match.Groups["what"].Value.Trim()}").Take(5).ToArray();
            return new ToolException(
                ToolErrorCode.InvalidArgument, $"{change.Reference}: {(mistakes.Length == 0 ? refusal.Message : string.Join("; ", mistakes)).TrimEnd('.')}.", MendHint, inner: refusal);
        }

        if (refusal.Failure is not KubernetesFailure.Invalid)
        {
            return refusal;
        }

        var causes = refusal.Causes.Where(cause => cause.Field is not null).Take(5).Select(cause => $"{Placed(change, cause.Field!)}: {cause.Message}").ToArray();
        var message = causes.Length == 0 ? refusal.Message : string.Join("; ", causes);
        return new ToolException(ToolErrorCode.InvalidArgument, $"{change.Reference}: {message.TrimEnd('.')}.", MendHint, inner: refusal);
    }

    private static string Placed(RequestedChange change, string field) =>
        change.Document is { } document ? $"{field.TrimStart('.')} ({ManifestLocator.Locate(document.Root, field)})" : field.TrimStart('.');

    [GeneratedRegex(@"(?<path>\.[A-Za-z_][^\s:]*(?:\[[^\]]*\][^\s:]*)*): (?<what>field not declared in schema|expected [^\n]*|duplicate [^\n]*|unknown [^\n]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SchemaMistake();
}
