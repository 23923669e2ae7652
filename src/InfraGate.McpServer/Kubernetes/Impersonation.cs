using InfraGate.McpServer.Hosting;

namespace InfraGate.McpServer.Kubernetes;

/// <summary>The user and groups that the API server is asked to act as.</summary>
/// <remarks>https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation</remarks>
internal sealed record Impersonation(string User, IReadOnlyList<string> Groups)
{
    /// <summary>The verified caller.</summary>
    /// <exception cref="KubernetesException">
    /// The identity claims a name that Kubernetes keeps for itself: an issuer's group called system:masters must not make its members cluster administrators.
    /// </exception>
    public static Impersonation Of(Caller caller)
    {
        string[] names = [caller.Subject, .. caller.Groups];
        return names.All(IsSafe)
            ? new Impersonation(caller.Subject, caller.Groups)
            : throw new KubernetesException(
                KubernetesFailure.Forbidden,
                "The caller's name or one of its groups is reserved by Kubernetes (system:) or cannot be sent in a header.");
    }

    private static bool IsSafe(string name) =>
        name.Length is > 0 and <= 512 && !name.StartsWith("system:", StringComparison.OrdinalIgnoreCase) && !name.Any(char.IsControl);
}
