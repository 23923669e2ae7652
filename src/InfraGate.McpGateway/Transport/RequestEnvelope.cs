using System.Text;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace InfraGate.McpGateway.Transport;

/// <summary>
/// Checks that the headers of a POST and its body speak of the same thing: the revision always, and in revisions without sessions also the method, the
/// name and the mandatory metadata (SEP-2243, SEP-2575). A proxy that routes by header and a gateway that acts on the body must not be played against
/// each other.
/// </summary>
internal static class RequestEnvelope
{
    /// <summary>The header that names the revision.</summary>
    public const string RevisionHeader = "MCP-Protocol-Version";

    private const string MethodHeader = "Mcp-Method";
    private const string NameHeader = "Mcp-Name";
    private const string EncodedPrefix = "=?base64?";
    private const string EncodedSuffix = "?=";

    /// <summary>The revision that the request declares, or null.</summary>
    public static string? RevisionOf(HttpRequest request) => request.Headers[RevisionHeader].ToString() is { Length: > 0 } revision ? revision : null;

    /// <summary>Why a GET or DELETE cannot be, going by its revision, or null.</summary>
    public static JsonRpcRefusal? RefuseBodiless(HttpRequest request)
    {
        var revision = RevisionOf(request);
        if (RefuseUnknown(revision, Revisions.All) is { } refusal)
        {
            return refusal;
        }

        return Revisions.IsSessionless(revision)
            ? new JsonRpcRefusal(StatusCodes.Status405MethodNotAllowed, JsonRpcRefusal.ServerError, $"Revision {revision} has no {request.Method}; use POST.") { Allow = "POST" }
            : null;
    }

    /// <summary>Why the message cannot be accepted, or null.</summary>
    public static JsonRpcRefusal? Refuse(HttpRequest request, JsonRpcMessage message)
    {
        var revision = RevisionOf(request);
        var (method, parameters) = message switch
        {
            JsonRpcRequest { Method: var m, Params: var p } => (m, p as JsonObject),
            JsonRpcNotification { Method: var m, Params: var p } => (m, p as JsonObject),
            _ => (null, null),
        };

        // Who declares a revision in the metadata chooses among those that work this way; server/discover names the same ones.
        var choices = Text(parameters?["_meta"] as JsonObject, MetaKeys.ProtocolVersion) is null ? Revisions.All : Revisions.WithoutSessions;
        return RefuseUnknown(revision, choices)
            ?? RefuseRevisionMismatch(revision, method, parameters, message is JsonRpcRequest)
            ?? (Revisions.IsSessionless(revision) && method is not null ? RefuseSessionless(request, method, parameters, message is JsonRpcRequest) : null);
    }

    private static JsonRpcRefusal? RefuseUnknown(string? revision, IReadOnlyList<string> choices)
    {
        if (revision is null || Revisions.IsKnown(revision))
        {
            return null;
        }

        return new JsonRpcRefusal(StatusCodes.Status400BadRequest, (int)McpErrorCode.UnsupportedProtocolVersion, "The revision is not spoken here.")
        {
            Data = new JsonObject { ["supported"] = new JsonArray([.. choices.Select(known => JsonValue.Create(known))]), ["requested"] = revision },
        };
    }

    private static JsonRpcRefusal? RefuseRevisionMismatch(string? revision, string? method, JsonObject? parameters, bool isRequest)
    {
        if (method == RequestMethods.Initialize && revision is not null && Text(parameters, "protocolVersion") is { } wanted && wanted != revision)
        {
            return Mismatch($"{RevisionHeader} and params.protocolVersion differ.");
        }

        var declared = Text(parameters?["_meta"] as JsonObject, MetaKeys.ProtocolVersion);
        if (!Revisions.IsSessionless(revision) && !Revisions.IsSessionless(declared))
        {
            return null;
        }

        if (revision is null)
        {
            return Mismatch($"The header {RevisionHeader} is missing.");
        }

        if (declared is null)
        {
            return isRequest ? Missing($"_meta/{MetaKeys.ProtocolVersion}") : null;
        }

        return declared == revision ? null : Mismatch($"{RevisionHeader} and _meta/{MetaKeys.ProtocolVersion} differ.");
    }

    private static JsonRpcRefusal? RefuseSessionless(HttpRequest request, string method, JsonObject? parameters, bool isRequest)
    {
        if (request.Headers[MethodHeader].ToString().Trim() != method)
        {
            return Mismatch($"The header {MethodHeader} is missing or differs from the body's method.");
        }

        var nameProperty = method switch
        {
            RequestMethods.ToolsCall or RequestMethods.PromptsGet => "name",
            RequestMethods.ResourcesRead => "uri",
            _ => null,
        };
        if (nameProperty is not null && Decode(request.Headers[NameHeader].ToString().Trim()) is var name && (name is not { Length: > 0 } || name != Text(parameters, nameProperty)))
        {
            return Mismatch($"The header {NameHeader} is missing, malformed or differs from the body's {nameProperty}.");
        }

        if (isRequest && parameters?["_meta"]?[MetaKeys.ClientCapabilities] is not JsonObject)
        {
            return Missing($"_meta/{MetaKeys.ClientCapabilities}");
        }

        return isRequest && IsGone(method)
            ? new JsonRpcRefusal(StatusCodes.Status404NotFound, (int)McpErrorCode.MethodNotFound, $"The method {method} is not part of revision {Revisions.Sessionless}.")
            : null;
    }

    /// <summary>Methods that earlier revisions had and SEP-2575 took away.</summary>
    private static bool IsGone(string method) => method is "initialize" or "ping" or "logging/setLevel" or "resources/subscribe" or "resources/unsubscribe";

    private static JsonRpcRefusal Mismatch(string message) => new(StatusCodes.Status400BadRequest, (int)McpErrorCode.HeaderMismatch, message);

    private static JsonRpcRefusal Missing(string what) => new(StatusCodes.Status400BadRequest, (int)McpErrorCode.InvalidParams, $"Requests of this revision must carry {what}.");

    private static string? Text(JsonObject? container, string property) =>
        container?[property] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>Header values beyond visible ASCII come as <c>=?base64?…?=</c> (SEP-2243); null when malformed.</summary>
    private static string? Decode(string value)
    {
        if (value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return null;
        }

        if (!value.StartsWith(EncodedPrefix, StringComparison.Ordinal) || !value.EndsWith(EncodedSuffix, StringComparison.Ordinal) || value.Length < EncodedPrefix.Length + EncodedSuffix.Length)
        {
            return value;
        }

        var bytes = new byte[value.Length];
        return Convert.TryFromBase64String(value[EncodedPrefix.Length..^EncodedSuffix.Length], bytes, out var written) ? Encoding.UTF8.GetString(bytes, 0, written) : null;
    }
}
