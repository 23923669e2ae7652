using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace InfraGate.McpGateway.Transport;

/// <summary>Server-sent events as the body of a response.</summary>
internal static class SseResponse
{
    /// <summary>Sets the headers of an event stream and turns buffering off, here and in proxies on the way.</summary>
    public static void Begin(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentType = "text/event-stream";
        headers.CacheControl = "no-cache,no-store";
        headers["X-Accel-Buffering"] = "no";
        context.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
    }

    /// <summary>Writes one response message around a result that is already serialized.</summary>
    public static async Task WriteResultAsync(HttpContext context, RequestId id, ReadOnlyMemory<byte> result)
    {
        Begin(context);
        var writer = context.Response.BodyWriter;
        writer.Write("event: message\ndata: {\"jsonrpc\":\"2.0\",\"id\":"u8);
        if (id.Id is long number)
        {
            Span<byte> digits = stackalloc byte[20];
            number.TryFormat(digits, out var length);
            writer.Write(digits[..length]);
        }
        else
        {
            writer.Write(JsonSerializer.SerializeToUtf8Bytes(id, McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(RequestId))));
        }

        writer.Write(",\"result\":"u8);
        writer.Write(result.Span);
        writer.Write("}\n\n"u8);
        await writer.FlushAsync(context.RequestAborted);
    }
}
