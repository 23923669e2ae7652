using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace InfraGate.RealParts.Certificates;

/// <summary>HTTP handlers that trust one test authority and nothing else.</summary>
internal static class TlsHandler
{
    /// <param name="caPem">The only authority that is trusted; null for plain HTTP.</param>
    /// <param name="client">Client certificate to present, if any.</param>
    public static SocketsHttpHandler Create(string? caPem, IssuedCertificate? client = null)
    {
        var handler = new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, EnableMultipleHttp2Connections = true };
        if (caPem is not null)
            handler.SslOptions = Options(caPem, client);
        return handler;
    }

    private static SslClientAuthenticationOptions Options(string caPem, IssuedCertificate? client)
    {
        var trust = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            // A throw-away authority publishes no revocation list.
            RevocationMode = X509RevocationMode.NoCheck,
        };
        trust.CustomTrustStore.Add(X509Certificate2.CreateFromPem(caPem));
        var options = new SslClientAuthenticationOptions { CertificateChainPolicy = trust };
        if (client is not null)
            options.ClientCertificates = [client.ToCertificate()];
        return options;
    }
}
