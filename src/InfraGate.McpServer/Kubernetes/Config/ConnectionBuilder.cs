using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using InfraGate.McpServer.Kubernetes.Credentials;

namespace InfraGate.McpServer.Kubernetes.Config;

/// <summary>Makes a connection of a kubeconfig context: reads certificates, chooses the credential, refuses what Production must not do.</summary>
internal sealed class ConnectionBuilder(Kubeconfig config, bool isProduction, TimeProvider time)
{
    /// <param name="contextName">Null for the current context.</param>
    /// <exception cref="KubeconfigException">The context or something it refers to is missing, unreadable or not allowed.</exception>
    public ClusterConnection Build(string? contextName)
    {
        var name = contextName ?? config.CurrentContext ?? throw new KubeconfigException("The kubeconfig has no current-context; set one, or name contexts in K8S_MCP_CONTEXTS.");
        var context = config.Contexts.GetValueOrDefault(name) ?? throw new KubeconfigException($"The kubeconfig has no context '{name}'; it has {Listed(config.Contexts.Keys)}.");
        var cluster = config.Clusters.GetValueOrDefault(context.Cluster ?? "") ?? throw new KubeconfigException($"Context '{name}' refers to the cluster '{context.Cluster}', which the kubeconfig does not have.");
        var user = context.User is null ? new UserEntry() : config.Users.GetValueOrDefault(context.User) ?? throw new KubeconfigException($"Context '{name}' refers to the user '{context.User}', which the kubeconfig does not have.");
        var server = Server(name, cluster);
        return new ClusterConnection
        {
            Name = name,
            Server = server,
            SkipTlsVerify = SkipTlsVerify(name, cluster),
            Authorities = Authorities(name, cluster),
            TlsServerName = cluster.TlsServerName,
            Proxy = Proxy(name, cluster),
            Credential = Credential(name, user, cluster, server),
            Impersonation = ActAs(name, user),
        };
    }

    private Uri Server(string context, ClusterEntry cluster)
    {
        if (!Uri.TryCreate(cluster.Server, UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https"))
        {
            throw new KubeconfigException($"The server of context '{context}' is no http(s) address.");
        }

        if (isProduction && server.Scheme is "http")
        {
            throw new KubeconfigException($"The server of context '{context}' is plain HTTP, which Production refuses; use its https address.");
        }

        return server.AbsolutePath.EndsWith('/') ? server : new UriBuilder(server) { Path = server.AbsolutePath + "/" }.Uri;
    }

    private bool SkipTlsVerify(string context, ClusterEntry cluster)
    {
        if (cluster.InsecureSkipTlsVerify && isProduction)
        {
            throw new KubeconfigException($"Context '{context}' sets insecure-skip-tls-verify, which Production refuses; give certificate-authority-data instead.");
        }

        if (cluster.InsecureSkipTlsVerify && (cluster.CertificateAuthority ?? cluster.CertificateAuthorityData) is not null)
        {
            throw new KubeconfigException($"Context '{context}' sets both a certificate authority and insecure-skip-tls-verify; remove one.");
        }

        return cluster.InsecureSkipTlsVerify;
    }

    private static Impersonation? ActAs(string context, UserEntry user) => user switch
    {
        { ImpersonateUser: null, ImpersonateGroups.Count: 0 } => null,
        { ImpersonateUser: { } impersonated } when Impersonation.Fixed(impersonated, user.ImpersonateGroups) is { } impersonation => impersonation,
        _ => throw new KubeconfigException(
            $"The user of context '{context}' has an as or as-groups that cannot be sent: as must be there, and no name may be empty, begin or end with a blank, or hold control characters."),
    };

    private static X509Certificate2Collection? Authorities(string context, ClusterEntry cluster)
    {
        if ((cluster.CertificateAuthority ?? cluster.CertificateAuthorityData) is null)
        {
            return null;
        }

        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPem(Pem(context, "certificate-authority", cluster.CertificateAuthorityData, cluster.CertificateAuthority));
        }
        catch (CryptographicException exception)
        {
            throw new KubeconfigException($"The certificate authority of context '{context}' is no PEM certificate.", exception);
        }

        return authorities.Count > 0 ? authorities : throw new KubeconfigException($"The certificate authority of context '{context}' holds no certificate.");
    }

    private static Uri? Proxy(string context, ClusterEntry cluster)
    {
        if (cluster.ProxyUrl is null)
        {
            return null;
        }

        return Uri.TryCreate(cluster.ProxyUrl, UriKind.Absolute, out var proxy) && proxy.Scheme is "http" or "https" or "socks5"
            ? proxy
            : throw new KubeconfigException($"The proxy-url of context '{context}' must be an http, https or socks5 address.");
    }

    private IClusterCredential Credential(string context, UserEntry user, ClusterEntry cluster, Uri server)
    {
        if (user.AuthProvider is { } provider)
        {
            throw new KubeconfigException($"The user of context '{context}' uses the auth-provider '{provider}', which Kubernetes 1.26 removed; use its exec plugin.");
        }

        var certificate = ClientCertificate(context, user);
        if (user.Exec is { } exec)
        {
            return Exec(context, exec, cluster, server);
        }

        return user switch
        {
            { TokenFile: { } file } => new TokenFileCredential(file, certificate, time),
            { Token: { } token } => FixedCredential.Token(token, certificate),
            { Username: { } name } => FixedCredential.Basic(name, user.Password ?? "", certificate),
            _ => certificate is null ? FixedCredential.None : new FixedCredential(new PresentedCredential(Authorization: null, certificate)),
        };
    }

    private ExecCredential Exec(string context, ExecEntry exec, ClusterEntry cluster, Uri server)
    {
        if (exec.ApiVersion is not ("client.authentication.k8s.io/v1" or "client.authentication.k8s.io/v1beta1") || exec.Command.Length == 0)
        {
            throw new KubeconfigException($"The exec plugin of context '{context}' needs a command and an apiVersion of client.authentication.k8s.io/v1 or v1beta1.");
        }

        if (exec.AlwaysInteractive)
        {
            throw new KubeconfigException($"The exec plugin of context '{context}' wants a terminal (interactiveMode: Always), which a server has not; use one that works without.");
        }

        var authority = cluster.CertificateAuthorityData
            ?? (cluster.CertificateAuthority is { } file ? Convert.ToBase64String(Encoding.UTF8.GetBytes(Pem(context, "certificate-authority", data: null, file))) : null);
        var info = exec.ProvideClusterInfo
            ? new ExecCredentialCluster(server.ToString(), cluster.TlsServerName, cluster.InsecureSkipTlsVerify ? true : null, authority, cluster.ProxyUrl)
            : null;
        return new ExecCredential(new ExecPlugin(exec, info, ExecPlugin.DefaultTimeLimit), exec.ApiVersion, time);
    }

    private static X509Certificate2Collection? ClientCertificate(string context, UserEntry user)
    {
        if ((user.ClientCertificate ?? user.ClientCertificateData) is null)
        {
            return null;
        }

        try
        {
            return ClientCertificates.FromPem(
                Pem(context, "client-certificate", user.ClientCertificateData, user.ClientCertificate),
                Pem(context, "client-key", user.ClientKeyData, user.ClientKey));
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw new KubeconfigException($"The client certificate of context '{context}' and its key are no PEM pair.", exception);
        }
    }

    private static string Pem(string context, string what, string? data, string? file)
    {
        try
        {
            return data is not null
                ? Encoding.UTF8.GetString(Convert.FromBase64String(data))
                : File.ReadAllText(file ?? throw new KubeconfigException($"Context '{context}' gives no {what}."));
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new KubeconfigException($"The {what} of context '{context}' cannot be read ({exception.GetType().Name}); correct it.", exception);
        }
    }

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal).Select(name => $"'{name}'"));
}
