using InfraGate.McpServer.Hosting;

namespace InfraGate.McpServer.Kubernetes;

/// <summary>The user and groups that the API server is asked to act as; each name fits a header line.</summary>
/// <remarks>https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation</remarks>
internal sealed record Impersonation
{
    private Impersonation(string user, IReadOnlyList<string> groups) => (User, Groups) = (user, groups);

    public string User { get; }

    public IReadOnlyList<string> Groups { get; }

    /// <summary>The verified caller.</summary>
    /// <exception cref="KubernetesException">
    /// The identity claims a name that Kubernetes keeps for itself: an issuer's group called system:masters must not make its members cluster administrators.
    /// </exception>
    public static Impersonation Of(Caller caller)
    {
        string[] names = [caller.Subject, .. caller.Groups];
        return names.All(name => IsSendable(name) && !name.StartsWith("system:", StringComparison.OrdinalIgnoreCase))
            ? new Impersonation(caller.Subject, caller.Groups)
            : throw new KubernetesException(
                KubernetesFailure.Forbidden,
                "The caller's name or one of its groups is reserved by Kubernetes (system:) or cannot be sent in a header.");
    }

    /// <summary>What the owner of a kubeconfig fixed, who may name Kubernetes' own users and groups; null when no header can carry it.</summary>
    public static Impersonation? Fixed(string user, IReadOnlyList<string> groups) =>
        groups.Prepend(user).All(IsSendable) ? new Impersonation(user, groups) : null;

    // Blanks at the ends of a header's value are no part of it to the server: " system:masters" would arrive as another name than the one that was looked at.
    private static bool IsSendable(string name) =>
        name.Length is > 0 and <= 512 && !name.Any(char.IsControl) && !char.IsWhiteSpace(name[0]) && !char.IsWhiteSpace(name[^1]);
}
