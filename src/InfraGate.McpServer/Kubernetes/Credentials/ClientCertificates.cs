using System.Security.Cryptography.X509Certificates;

namespace InfraGate.McpServer.Kubernetes.Credentials;

/// <summary>Reads client certificates in PEM with their chain; the first of the collection carries the private key (RSA, ECDSA).</summary>
internal static class ClientCertificates
{
    public static X509Certificate2Collection FromPem(string certificate, string key)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(certificate);
        if (chain.Count > 0)
        {
            chain[0].Dispose();
            chain.RemoveAt(0);
        }

        chain.Insert(0, WithUsableKey(X509Certificate2.CreateFromPem(certificate, key)));
        return chain;
    }

    /// <summary>SChannel cannot use the ephemeral key that CreateFromPem makes; a round through PKCS#12 gives it one it can.</summary>
    private static X509Certificate2 WithUsableKey(X509Certificate2 certificate)
    {
        if (!OperatingSystem.IsWindows())
        {
            return certificate;
        }

        using (certificate)
        {
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
        }
    }
}
