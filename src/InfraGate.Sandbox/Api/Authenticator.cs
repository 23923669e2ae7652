using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using InfraGate.Sandbox.Hosting;

namespace InfraGate.Sandbox.Api;

/// <summary>
/// Knows bearer tokens: the administrator's, and those that TokenRequest has issued for service accounts.
/// The administrator may impersonate (Impersonate-User, Impersonate-Group).
/// </summary>
internal sealed class Authenticator(SandboxOptions options, TimeProvider time)
{
    private readonly byte[] _administrator = SHA256.HashData(Encoding.UTF8.GetBytes(options.Token));
    private readonly ConcurrentDictionary<string, (string User, string[] Groups, DateTimeOffset Expires)> _issued = [];

    /// <summary>The user of a request; throws Unauthorized or Forbidden.</summary>
    public RequestUser Authenticate(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        var token = header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..].Trim() : string.Empty;
        var agent = request.Headers.UserAgent.ToString().Split('/', ' ')[0];
        var user = Resolve(token, agent.Length > 0 ? agent : "unknown") ?? throw KubernetesError.Unauthorized();
        var impersonated = request.Headers["Impersonate-User"].ToString();
        if (impersonated.Length == 0)
        {
            return user;
        }

        return user.IsAdministrator
            ? new RequestUser(impersonated, [.. request.Headers["Impersonate-Group"].OfType<string>(), "system:authenticated"], user.Agent)
            : throw KubernetesError.ForbiddenImpersonation(user.Name, impersonated);
    }

    /// <summary>A new token for a service account.</summary>
    public string Issue(string @namespace, string name, TimeSpan lifetime)
    {
        var token = "sandbox-" + RandomNumberGenerator.GetHexString(48, lowercase: true);
        _issued[token] = (
            $"system:serviceaccount:{@namespace}:{name}",
            ["system:serviceaccounts", "system:serviceaccounts:" + @namespace, "system:authenticated"],
            time.GetUtcNow() + lifetime);
        return token;
    }

    private RequestUser? Resolve(string token, string agent)
    {
        if (token.Length == 0)
        {
            return null;
        }

        if (CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(token)), _administrator))
        {
            return new RequestUser("sandbox-admin", ["system:masters", "system:authenticated"], agent);
        }

        return _issued.TryGetValue(token, out var issued) && issued.Expires > time.GetUtcNow()
            ? new RequestUser(issued.User, issued.Groups, agent)
            : null;
    }
}
