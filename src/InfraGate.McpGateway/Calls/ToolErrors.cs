using System.Text.Json;
using System.Text.Json.Serialization;
using ModelContextProtocol.Protocol;

namespace InfraGate.McpGateway.Calls;

/// <summary>Tool errors as a model can use them: a stable code, one plain sentence, and what to do next, in text and in structured content.</summary>
internal static class ToolErrors
{
    public const string ClusterUnavailable = "cluster_unavailable";
    public const string Forbidden = "forbidden";
    public const string ApprovalRequired = "approval_required";
    public const string InvalidArgument = "invalid_argument";
    public const string PlanNotFound = "plan_not_found";
    public const string PlanTampered = "plan_tampered";
    public const string PolicyBlocked = "policy_blocked";
    public const string RateLimited = "rate_limited";
    public const string Timeout = "timeout";

    /// <summary>An <c>isError</c> result with the code, message and hint.</summary>
    public static CallToolResult Create(string code, string message, string hint) => new()
    {
        IsError = true,
        Content = [new TextContentBlock { Text = $"{code}: {message} {hint}" }],
        StructuredContent = JsonSerializer.SerializeToElement(new Body(new Detail(code, message, hint))),
    };

    /// <summary>The code of a result that is an error, or null.</summary>
    public static string? CodeOf(CallToolResult result)
    {
        if (result.IsError != true)
        {
            return null;
        }

        return result.StructuredContent is { ValueKind: JsonValueKind.Object } content
            && content.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object
            && error.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.String
            ? code.GetString()
            : "error";
    }

    private sealed record Body([property: JsonPropertyName("error")] Detail Error);

    private sealed record Detail(
        [property: JsonPropertyName("code")] string Code,
        [property: JsonPropertyName("message")] string Message,
        [property: JsonPropertyName("hint")] string Hint);
}
