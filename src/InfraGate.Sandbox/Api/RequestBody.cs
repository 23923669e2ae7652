using System.Text.Json;
using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Schema;

namespace InfraGate.Sandbox.Api;

/// <summary>Reads bodies: bounded, JSON only, checked against the kind's schema.</summary>
internal static class RequestBody
{
    private const int Limit = 3 * 1024 * 1024;

    /// <summary>The raw body; too large a one is refused.</summary>
    public static async Task<byte[]> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, cancellationToken)) > 0)
        {
            if (buffer.Length + read > Limit)
            {
                throw KubernetesError.TooLarge();
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }

    /// <summary>The body as an object of the served kind, unknown fields dropped.</summary>
    public static async Task<JsonObject> ReadObjectAsync(ApiRequest request)
    {
        var media = request.Http.Request.ContentType?.Split(';')[0].Trim() ?? string.Empty;
        if (media.Length > 0 && media is not ("application/json" or "*/*"))
        {
            throw KubernetesError.UnsupportedMediaType("application/json, application/yaml, application/vnd.kubernetes.protobuf");
        }

        var value = Parse(await ReadAsync(request.Http.Request, request.Cancelled), request.Resource.Type.Kind);
        return Typed(request, value);
    }

    /// <summary>Parses a JSON object; throws a bad request that says what is wrong, and what <paramref name="kind"/> was wanted.</summary>
    public static JsonObject Parse(byte[] body, string? kind = null) => ParseNode(body, kind) as JsonObject
        ?? throw KubernetesError.BadRequest("couldn't get version/kind; json parse error: json: cannot unmarshal into Go value of type struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string \"json:\\\"kind,omitempty\\\"\" }");

    /// <summary>Parses any JSON.</summary>
    public static JsonNode? ParseNode(byte[] body, string? kind = null)
    {
        if (body.Length == 0)
        {
            throw KubernetesError.BadRequest("the request body is empty");
        }

        try
        {
            var node = JsonText.Node(body);
            // Members are materialized here, so that a duplicate name is a bad request and not a failure later on.
            _ = node?.DeepClone();
            return node;
        }
        catch (Exception malformed) when (malformed is JsonException or ArgumentException)
        {
            var wanted = kind is null ? string.Empty : $"the object provided is unrecognized (must be of type {kind}): ";
            var why = malformed.Message.Contains("depth to be zero at the end", StringComparison.Ordinal)
                ? $"unexpected end of JSON input ({Shown(body)})"
                : malformed.Message;
            throw KubernetesError.BadRequest($"{wanted}couldn't get version/kind; json parse error: {why}");
        }
    }

    private static string Shown(byte[] body)
    {
        const int Longest = 40;
        return System.Text.Encoding.UTF8.GetString(body, 0, Math.Min(body.Length, Longest)) + (body.Length > Longest ? " ..." : string.Empty);
    }

    /// <summary>Checks kind, version and types of an object that a client sent.</summary>
    public static JsonObject Typed(ApiRequest request, JsonObject value)
    {
        var resource = request.Resource;
        var apiVersion = value.Text("apiVersion") ?? resource.ApiVersion;
        var kind = value.Text("kind") ?? resource.Type.Kind;
        if (apiVersion != resource.ApiVersion || kind != resource.Type.Kind)
        {
            var version = apiVersion[(apiVersion.IndexOf('/', StringComparison.Ordinal) + 1)..];
            var package = resource.Group.Length == 0 ? "core" : resource.Group.Split('.')[0];
            throw KubernetesError.BadRequest(
                $"{kind} in version \"{version}\" cannot be handled as a {resource.Type.Kind}: "
                + $"converting ({version}.{kind}) to ({package}.{resource.Type.Kind}): unknown conversion");
        }

        value["apiVersion"] = apiVersion;
        value["kind"] = kind;
        var decoded = SchemaDecoder.Decode(value, resource.Schema);
        if (decoded.Mistakes.Count > 0)
        {
            throw KubernetesError.BadRequest(
                $"{kind} in version \"{resource.Version}\" cannot be handled as a {kind}: {string.Join("; ", decoded.Mistakes)}");
        }

        FieldValidation.Report(request, decoded.Unknown);
        value.Ensure("metadata");
        return value;
    }
}
