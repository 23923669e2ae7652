using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace InfraGate.McpGateway.Transport;

/// <summary>A request that the transport itself refuses: the HTTP status, the JSON-RPC error, and the id of the request where it could be read.</summary>
internal sealed record JsonRpcRefusal(int Status, int Code, string Message)
{
    /// <summary>What the SDKs answer for a session that is not, or not any more.</summary>
    public const int SessionNotFound = -32001;

    /// <summary>The general server error of JSON-RPC.</summary>
    public const int ServerError = -32000;

    /// <summary>Machine-readable detail, or null.</summary>
    public object? Data { get; init; }

    /// <summary>Methods that are allowed instead (405), or null.</summary>
    public string? Allow { get; init; }

    /// <summary>When to try again (429, 503), or null.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Writes the refusal as the whole response.</summary>
    public Task WriteAsync(HttpContext context, RequestId id = default)
    {
        var response = context.Response;
        response.StatusCode = Status;
        if (Allow is not null)
        {
            response.Headers.Allow = Allow;
        }

        if (RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString();
        }

        var error = new JsonRpcError { Id = id, Error = new JsonRpcErrorDetail { Code = Code, Message = Message, Data = Data } };
        response.ContentType = "application/json";
        return JsonSerializer.SerializeAsync(response.Body, error, JsonRpcTypes.Error, context.RequestAborted);
    }
}

/// <summary>The SDK's own serialization of JSON-RPC messages.</summary>
internal static class JsonRpcTypes
{
    /// <summary>Any message.</summary>
    public static JsonTypeInfo<JsonRpcMessage> Message { get; } = Of<JsonRpcMessage>();

    /// <summary>An error response.</summary>
    public static JsonTypeInfo<JsonRpcError> Error { get; } = Of<JsonRpcError>();

    private static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(T));
}
