using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using InfraGate.McpServer.Kubernetes.Config;

namespace InfraGate.McpServer.Kubernetes.Http;

/// <summary>Makes the connection pool of one cluster: TLS, verified against the cluster's own authorities.</summary>
internal static class ClusterHandler
{
    /// <summary>Shorter than what API servers (90 s) and the proxies before them (a minute, mostly) allow: a connection must not be closed there while a write is on its way.</summary>
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(45);

    public static HttpMessageInvoker Create(ClusterConnection connection, X509Certificate2Collection? clientCertificate)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            EnableMultipleHttp2Connections = true,
            InitialHttp2StreamWindowSize = 1024 * 1024,
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionIdleTimeout = IdleTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            RequestHeaderEncodingSelector = static (header, _) => ImpersonationHeaders.EncodingOf(header),
            SslOptions = Tls(connection, clientCertificate),
        };
        UseProxy(handler, connection);
        return new HttpMessageInvoker(handler, disposeHandler: true);
    }

    private static SslClientAuthenticationOptions Tls(ClusterConnection connection, X509Certificate2Collection? clientCertificate)
    {
        var tls = new SslClientAuthenticationOptions();
        if (connection.Authorities is { } authorities)
        {
            tls.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            tls.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
        }

        if (connection.SkipTlsVerify)
        {
#pragma warning disable CA5359, MA0039 // The kubeconfig asks for it (insecure-skip-tls-verify), and Production has refused it by now.
            tls.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359, MA0039
        }

        if (clientCertificate is [{ } leaf, ..])
        {
            tls.ClientCertificateContext = SslStreamCertificateContext.Create(leaf, clientCertificate, offline: true);
        }

        return tls;
    }

    private static void UseProxy(SocketsHttpHandler handler, ClusterConnection connection)
    {
        if (connection.Proxy is { } proxy)
        {
            handler.Proxy = new WebProxy(proxy) { Credentials = Credentials(proxy) };
        }
        else if (connection.Server.IsLoopback)
        {
            // As kubectl: the environment's proxy is never asked for this machine itself.
            handler.UseProxy = false;
        }
    }

    private static NetworkCredential? Credentials(Uri proxy)
    {
        if (proxy.UserInfo.Length == 0)
        {
            return null;
        }

        var parts = proxy.UserInfo.Split(':', 2);
        return new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
    }
}
