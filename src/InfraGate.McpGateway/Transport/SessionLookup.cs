using System.Diagnostics.CodeAnalysis;
using InfraGate.McpGateway.Auth;

namespace InfraGate.McpGateway.Transport;

/// <summary>Finds the session that a request names.</summary>
internal static class SessionLookup
{
    private static readonly JsonRpcRefusal s_missing = new(
        StatusCodes.Status400BadRequest, JsonRpcRefusal.ServerError, "The header Mcp-Session-Id is required; initialize gives you one.");

    private static readonly JsonRpcRefusal s_unknown = new(
        StatusCodes.Status404NotFound, JsonRpcRefusal.SessionNotFound, "Session not found. Initialize again.");

    /// <summary>The session, or the refusal to answer with.</summary>
    public static McpSession? Find(HttpRequest request, SessionRegistry sessions, Caller caller, out JsonRpcRefusal refusal)
    {
        var id = request.Headers[McpPostEndpoint.SessionHeader].ToString();
        refusal = id.Length == 0 ? s_missing : s_unknown;
        return id.Length == 0 ? null : sessions.Find(id, caller);
    }
}

/// <summary>Content negotiation of the endpoint.</summary>
internal static class AcceptHeader
{
    /// <summary>Why a POST cannot be answered, going by its Content-Type and Accept, or null.</summary>
    public static JsonRpcRefusal? RefusePost(HttpRequest request)
    {
        if (!request.HasJsonContentType())
        {
            return new JsonRpcRefusal(StatusCodes.Status415UnsupportedMediaType, JsonRpcRefusal.ServerError, "Send Content-Type: application/json.");
        }

        return Accepts(request, "application/json") && Accepts(request, "text/event-stream")
            ? null
            : new JsonRpcRefusal(StatusCodes.Status406NotAcceptable, JsonRpcRefusal.ServerError, "Send Accept: application/json, text/event-stream.");
    }

    /// <summary>Whether the request would take the media type.</summary>
    public static bool Accepts(HttpRequest request, string mediaType)
    {
        var kind = mediaType[..mediaType.IndexOf('/', StringComparison.Ordinal)] + "/*";
        foreach (var header in request.Headers.Accept)
        {
            foreach (var range in (header ?? "").AsSpan().Split(','))
            {
                var name = header.AsSpan(range);
                var parameters = name.IndexOf(';');
                name = (parameters < 0 ? name : name[..parameters]).Trim();
                if (name.Equals(mediaType, StringComparison.OrdinalIgnoreCase) || name is "*/*" || name.Equals(kind, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
