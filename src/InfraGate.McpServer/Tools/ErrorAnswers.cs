using System.Text.Json;
using System.Text.Json.Serialization;
using InfraGate.McpServer.Kubernetes;
using InfraGate.Plans.Storage;
using ModelContextProtocol.Protocol;

namespace InfraGate.McpServer.Tools;

/// <summary>The one place that turns a failure into what the client sees; what is not listed here becomes a generic sentence, so nothing internal leaks.</summary>
internal static class ErrorAnswers
{
    public static CallToolResult Of(Exception exception) => Of(exception switch
    {
        ToolException refusal => refusal,
        KubernetesException failure => Coded(failure),
        PlanStoreException failure => StoreAnswers.Of(failure),
        _ => new ToolException(ToolErrorCode.ClusterUnavailable, "The server failed inside while it handled the call.", "Try once more; if it stays so, whoever runs InfraGate finds the cause in its log."),
    });

    /// <summary>The code, sentence and hint of a failed request; the API server's own words are kept.</summary>
    public static ToolException Coded(KubernetesException failure)
    {
        var (code, hint) = failure.Failure switch
        {
            KubernetesFailure.Unreachable => (ToolErrorCode.ClusterUnavailable, "Wait a little and try again; if it stays so, whoever runs InfraGate must look at the connection."),
            KubernetesFailure.TlsRefused => (ToolErrorCode.ClusterUnavailable, "Whoever runs InfraGate must check the certificate authority and client certificate of its kubeconfig."),
            KubernetesFailure.Timeout => (ToolErrorCode.Timeout, "Narrow the question (labelSelector, a smaller limit) or try again shortly."),
            KubernetesFailure.Credential => (ToolErrorCode.ClusterUnavailable, "Whoever runs InfraGate must mend its kubeconfig's credential."),
            KubernetesFailure.Unauthorized => (ToolErrorCode.ClusterUnavailable, "The cluster refuses InfraGate's credential; whoever runs InfraGate must renew it."),
            KubernetesFailure.Forbidden => (ToolErrorCode.Forbidden, "The cluster's RBAC does not allow this; ask whoever administers the namespace for the missing right."),
            KubernetesFailure.AdmissionDenied => (ToolErrorCode.AdmissionDenied, "Change the request so that the named rule lets it pass."),
            KubernetesFailure.NotFound => (ToolErrorCode.NotFound, "Check the name; get_k8s_status lists what is there."),
            KubernetesFailure.Conflict or KubernetesFailure.AlreadyExists => (ToolErrorCode.PlanStale, "The object changed meanwhile; read it again and make a new plan."),
            KubernetesFailure.FieldConflict => (ToolErrorCode.FieldConflict, "Other managers own these fields; leave them out or have the takeover approved."),
            KubernetesFailure.Gone => (ToolErrorCode.ClusterUnavailable, "The list kept changing while it was read; try again."),
            KubernetesFailure.Invalid => (ToolErrorCode.InvalidArgument, "Correct what the API server names."),
            KubernetesFailure.Throttled => (ToolErrorCode.RateLimited, $"The cluster is busy; try again in {Math.Max(1, (int)Math.Ceiling((failure.RetryAfter ?? TimeSpan.Zero).TotalSeconds))} s."),
            _ => (ToolErrorCode.ClusterUnavailable, "The API server failed; try again shortly."),
        };
        var details = failure.Causes.Count == 0
            ? (JsonElement?)null
            : JsonSerializer.SerializeToElement(new CauseDetails(failure.Causes), ErrorJson.Default.CauseDetails);
        return new ToolException(code, Sentence(failure.Message), hint, details, failure);
    }

    private static CallToolResult Of(ToolException refusal)
    {
        var body = new ErrorBody(new ErrorContent(refusal.Code.ToWire(), refusal.Message, refusal.Hint, refusal.Details));
        return new CallToolResult
        {
            IsError = true,
            StructuredContent = JsonSerializer.SerializeToElement(body, ErrorJson.Default.ErrorBody),
            Content = [new TextContentBlock { Text = $"{refusal.Code.ToWire()}: {refusal.Message} {refusal.Hint}" }],
        };
    }

    private static string Sentence(string message) => message.EndsWith('.') || message.EndsWith('!') ? message : $"{message}.";
}

internal sealed record ErrorBody(ErrorContent Error);

internal sealed record ErrorContent(string Code, string Message, string Hint, JsonElement? Details);

internal sealed record CauseDetails(IReadOnlyList<KubernetesCause> Causes);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(CauseDetails))]
internal sealed partial class ErrorJson : JsonSerializerContext;
