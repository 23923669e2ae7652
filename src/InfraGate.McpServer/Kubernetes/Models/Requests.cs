namespace InfraGate.McpServer.Kubernetes.Models;

/// <summary>authorization.k8s.io/v1 SelfSubjectAccessReview.</summary>
internal sealed record AccessReview(string ApiVersion, string Kind, AccessReviewSpec? Spec, AccessReviewStatus? Status)
{
    public static AccessReview For(ResourceAttributes attributes) =>
        new("authorization.k8s.io/v1", "SelfSubjectAccessReview", new AccessReviewSpec(attributes), Status: null);
}

internal sealed record AccessReviewSpec(ResourceAttributes ResourceAttributes);

internal sealed record ResourceAttributes(string Namespace, string Verb, string Group, string Resource, string? Subresource, string? Name);

internal sealed record AccessReviewStatus(bool Allowed, string? Reason);

/// <summary>meta/v1 DeleteOptions.</summary>
internal sealed record DeleteBody(string ApiVersion, string Kind, string? PropagationPolicy, PreconditionsBody? Preconditions, IReadOnlyList<string>? DryRun);

internal sealed record PreconditionsBody(string? Uid, string? ResourceVersion);
