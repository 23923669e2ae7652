using System.Buffers;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace InfraGate.McpGateway.Transport;

/// <summary>Reads the one JSON-RPC message of a POST body, or says why there is none, with the request's id if only that could be read.</summary>
internal static class JsonRpcBody
{
    /// <summary>The message, or the refusal and the id to refuse with.</summary>
    public static async ValueTask<(JsonRpcMessage? Message, JsonRpcRefusal? Refusal, RequestId Id)> ReadAsync(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        try
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            while (!read.IsCompleted)
            {
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                read = await reader.ReadAsync(context.RequestAborted);
            }

            var result = Parse(read.Buffer);
            reader.AdvanceTo(read.Buffer.End);
            return result;
        }
        catch (BadHttpRequestException refused) when (refused.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, new JsonRpcRefusal(refused.StatusCode, (int)McpErrorCode.InvalidRequest, "The body is larger than is accepted here."), default);
        }
    }

    private static (JsonRpcMessage? Message, JsonRpcRefusal? Refusal, RequestId Id) Parse(ReadOnlySequence<byte> body)
    {
        try
        {
            var json = new Utf8JsonReader(body);
            var message = JsonSerializer.Deserialize(ref json, JsonRpcTypes.Message);
            if (message is not null && !json.Read())
            {
                return (message, null, message is JsonRpcRequest request ? request.Id : default);
            }
        }
        catch (JsonException)
        {
            // What is wrong with it is found out below, together with the id.
        }

        return Diagnose(body);
    }

    private static (JsonRpcMessage? Message, JsonRpcRefusal? Refusal, RequestId Id) Diagnose(ReadOnlySequence<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            var message = root.ValueKind == JsonValueKind.Array
                ? "Batches are not accepted; send one message at a time."
                : "The body is not a JSON-RPC 2.0 request, notification or response.";
            return (null, new JsonRpcRefusal(StatusCodes.Status400BadRequest, (int)McpErrorCode.InvalidRequest, message), IdOf(root));
        }
        catch (JsonException)
        {
            return (null, new JsonRpcRefusal(StatusCodes.Status400BadRequest, (int)McpErrorCode.ParseError, "The body is not JSON."), default);
        }
    }

    private static RequestId IdOf(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("id", out var id))
        {
            return default;
        }

        return id.ValueKind switch
        {
            JsonValueKind.String => new RequestId(id.GetString()!),
            JsonValueKind.Number when id.TryGetInt64(out var number) => new RequestId(number),
            _ => default,
        };
    }
}
