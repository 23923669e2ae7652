using System.Text.Json.Nodes;
using InfraGate.Sandbox.Json;
using InfraGate.Sandbox.Resources;

namespace InfraGate.Sandbox.Api;

/// <summary>Writes answers.</summary>
internal static class Answer
{
    private const string JsonMedia = "application/json";

    public static Task JsonAsync(HttpContext http, int code, JsonNode value) => BytesAsync(http, code, JsonText.Bytes(value));

    public static async Task BytesAsync(HttpContext http, int code, byte[] json)
    {
        http.Response.StatusCode = code;
        http.Response.ContentType = JsonMedia;
        http.Response.ContentLength = json.Length + 1;
        await http.Response.Body.WriteAsync(json, http.RequestAborted);
        await http.Response.Body.WriteAsync("\n"u8.ToArray(), http.RequestAborted);
    }

    public static Task TextAsync(HttpContext http, int code, string text)
    {
        http.Response.StatusCode = code;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(text, http.RequestAborted);
    }

    public static Task ErrorAsync(HttpContext http, KubernetesError error) => JsonAsync(http, error.Code, error.ToStatus());

    /// <summary>The answer to a finished deletion.</summary>
    public static Task DeletedAsync(HttpContext http, ServedResource resource, string name, string uid)
    {
        var details = new JsonObject { ["name"] = name };
        if (resource.Group.Length > 0)
        {
            details["group"] = resource.Group;
        }

        details["kind"] = resource.Type.Plural;
        details["uid"] = uid;
        return JsonAsync(http, 200, new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject(),
            ["status"] = "Success",
            ["details"] = details,
        });
    }
}
