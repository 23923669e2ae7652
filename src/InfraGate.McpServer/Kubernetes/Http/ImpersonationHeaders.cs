using System.Net;
using System.Text;

namespace InfraGate.McpServer.Kubernetes.Http;

/// <summary>
/// Writes an impersonation into a request. The API server takes one group from each <c>Impersonate-Group</c> line and splits none, whereas the runtime joins the
/// values of a header in one line: "platform, sre" would be a single group of that name. So the lines are made here, which only HTTP/1.1 allows.
/// </summary>
/// <remarks>https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation</remarks>
internal static class ImpersonationHeaders
{
    private const string User = "Impersonate-User";
    private const string Group = "Impersonate-Group";
    private static readonly LineBreakingEncoding Lines = new();

    /// <exception cref="KubernetesException">The request cannot carry it; sent without, it would run with InfraGate's own rights.</exception>
    public static void Add(HttpRequestMessage message, Impersonation impersonation)
    {
        Add(message, User, impersonation.User);
        if (impersonation.Groups.Count > 0)
        {
            Add(message, Group, string.Join($"{LineBreakingEncoding.Break}{Group}: ", impersonation.Groups));
        }

        if (impersonation.Groups.Count > 1)
        {
            message.Version = HttpVersion.Version11;
            message.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        }
    }

    /// <summary>How the values of a header become bytes.</summary>
    public static Encoding EncodingOf(string header) => header.Equals(Group, StringComparison.OrdinalIgnoreCase) ? Lines : Encoding.UTF8;

    private static void Add(HttpRequestMessage message, string header, string value)
    {
        if (!message.Headers.TryAddWithoutValidation(header, value))
        {
            throw new KubernetesException(KubernetesFailure.Forbidden, "The identity to act as cannot be sent in a header.");
        }
    }
}
