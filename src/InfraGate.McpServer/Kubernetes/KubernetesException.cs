namespace InfraGate.McpServer.Kubernetes;

/// <summary>At which stage, and on whose side, a request to the cluster failed.</summary>
internal enum KubernetesFailure
{
    /// <summary>No connection, or a broken one.</summary>
    Unreachable,

    /// <summary>The TLS handshake failed: the server's certificate or ours is not accepted.</summary>
    TlsRefused,

    /// <summary>No answer within the request's time.</summary>
    Timeout,

    /// <summary>InfraGate's own credential could not be obtained.</summary>
    Credential,

    /// <summary>401: the credential was refused.</summary>
    Unauthorized,

    /// <summary>403 by authorization (RBAC).</summary>
    Forbidden,

    /// <summary>403 or another refusal by admission: a quota, Pod Security, a webhook.</summary>
    AdmissionDenied,

    NotFound,

    /// <summary>409: a precondition failed or the object changed meanwhile.</summary>
    Conflict,

    /// <summary>409: the object exists already.</summary>
    AlreadyExists,

    /// <summary>409: other field managers own fields that a server-side apply sets.</summary>
    FieldConflict,

    /// <summary>410: a list's continue token or a resource version is too old.</summary>
    Gone,

    /// <summary>400 or 422: the request or the object is not valid.</summary>
    Invalid,

    /// <summary>429.</summary>
    Throttled,

    /// <summary>5xx, or an answer that is not Kubernetes'.</summary>
    ServerError,
}

/// <summary>
/// The cluster refused a request or could not be reached. The message is redacted here, whoever shows or keeps it: admission webhooks quote what they refuse,
/// and the reason of a plan's end stays in the audit trail for ever.
/// </summary>
internal sealed class KubernetesException(KubernetesFailure failure, string message, Exception? inner = null) : Exception(ClusterText.Redact(message), inner)
{
    public KubernetesFailure Failure => failure;

    /// <summary>The API server's machine-readable reason, e.g. <c>Forbidden</c>; null when it gave none.</summary>
    public string? Reason { get; init; }

    /// <summary>The HTTP status; null when there was no answer.</summary>
    public int? Status { get; init; }

    /// <summary>How long the server asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Field by field particulars: conflicts of an apply, mistakes of an object.</summary>
    public IReadOnlyList<KubernetesCause> Causes { get; init; } = [];

    /// <summary>Whether the API server answered that it did not do what was asked; otherwise it may have.</summary>
    public bool IsRefusal =>
        failure is not (KubernetesFailure.Unreachable or KubernetesFailure.TlsRefused or KubernetesFailure.Timeout or KubernetesFailure.ServerError);

    /// <summary>Whether the same request may succeed shortly.</summary>
    public bool IsTransient =>
        failure is KubernetesFailure.Unreachable or KubernetesFailure.Throttled || (failure is KubernetesFailure.ServerError && Status is 500 or 502 or 503 or 504);
}

/// <summary>One entry of <c>Status.details.causes</c>.</summary>
internal sealed record KubernetesCause(string? Reason, string? Message, string? Field)
{
    /// <summary>Without credentials, as the exception's own message.</summary>
    public string? Message { get; } = Message is null ? null : ClusterText.Redact(Message);
}
