using System.Net;
using System.Text.Json;
using InfraGate.McpServer.Kubernetes.Models;

namespace InfraGate.McpServer.Kubernetes.Http;

/// <summary>Turns an answer that is no success into a <see cref="KubernetesException"/>, keeping the API server's own reason.</summary>
internal static class StatusReader
{
    private const int MaxBytes = 64 * 1024;
    private const int MaxMessage = 1000;

    public static async Task<KubernetesException> ReadAsync(HttpResponseMessage response, TimeProvider time, CancellationToken cancellationToken)
    {
        var status = await ParseAsync(response, cancellationToken);
        var code = (int)response.StatusCode;
        var causes = status?.Details?.Causes ?? [];
        var message = status?.Message is { Length: > 0 } said ? ClusterText.Shorten(said, MaxMessage) : $"The API server answered {code} without saying why.";
        return new KubernetesException(Classify(response.StatusCode, status, message), message)
        {
            Reason = status?.Reason,
            Status = code,
            RetryAfter = RetryAfter(response, time),
            Causes = [.. causes.Take(20).Select(cause => new KubernetesCause(cause.Reason, cause.Message is null ? null : ClusterText.Shorten(cause.Message, MaxMessage), cause.Field))],
        };
    }

    private static async Task<StatusObject?> ParseAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxBytes];
        var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await using (body)
        {
            var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            try
            {
                return length == 0 ? null : JsonSerializer.Deserialize(buffer.AsSpan(0, length), KubernetesJson.Default.StatusObject);
            }
            catch (JsonException)
            {
                // A proxy's or load balancer's page. Its text is not the API server's and is not passed on.
                return null;
            }
        }
    }

    private static KubernetesFailure Classify(HttpStatusCode code, StatusObject? status, string message) => (int)code switch
    {
        401 => KubernetesFailure.Unauthorized,
        403 => IsAuthorization(message) ? KubernetesFailure.Forbidden : KubernetesFailure.AdmissionDenied,
        404 => KubernetesFailure.NotFound,
        409 when status?.Details?.Causes?.Any(cause => cause.Reason is "FieldManagerConflict") == true => KubernetesFailure.FieldConflict,
        409 when status?.Reason is "AlreadyExists" => KubernetesFailure.AlreadyExists,
        409 => KubernetesFailure.Conflict,
        410 => KubernetesFailure.Gone,
        429 => KubernetesFailure.Throttled,
        >= 500 => KubernetesFailure.ServerError,
        _ when message.StartsWith("admission webhook", StringComparison.Ordinal) => KubernetesFailure.AdmissionDenied,
        >= 400 => KubernetesFailure.Invalid,
        _ => KubernetesFailure.ServerError,
    };

    /// <summary>Authorizers and admission plugins share status and reason; only authorizers write "User … cannot … resource".</summary>
    private static bool IsAuthorization(string message) =>
        message.Contains(" cannot ", StringComparison.Ordinal)
        && (message.Contains(" resource ", StringComparison.Ordinal) || message.Contains(" path ", StringComparison.Ordinal) || message.Contains("impersonate", StringComparison.Ordinal));

    private static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > time.GetUtcNow() => date - time.GetUtcNow(),
        _ => null,
    };
}
