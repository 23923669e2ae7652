using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace InfraGate.RealParts.Certificates;

/// <summary>A throw-away certificate authority (ECDSA P-256) for loopback servers and client certificates. Its key never leaves memory.</summary>
public sealed class CertificateAuthority : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private static readonly TimeSpan Validity = TimeSpan.FromDays(2);

    private readonly X509Certificate2 _root;

    public CertificateAuthority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        _root = request.CreateSelfSigned(DateTimeOffset.UtcNow - Validity, DateTimeOffset.UtcNow + Validity);
    }

    /// <summary>The authority's certificate, to be trusted by clients.</summary>
    public string Pem => _root.ExportCertificatePem();

    /// <summary>A certificate for a server on 127.0.0.1 and localhost.</summary>
    /// <param name="name">Common name.</param>
    /// <param name="lifetime">How long it is valid from now; negative for one that has already expired.</param>
    public IssuedCertificate IssueServer(string name, TimeSpan? lifetime = null)
    {
        var alternatives = new SubjectAlternativeNameBuilder();
        alternatives.AddIpAddress(IPAddress.Loopback);
        alternatives.AddDnsName("localhost");
        alternatives.AddDnsName("kubernetes.default.svc");
        return Issue($"CN={name}", ServerAuthentication, alternatives.Build(), lifetime);
    }

    /// <summary>A client certificate; Kubernetes reads the user from the common name and the groups from the organisations.</summary>
    public IssuedCertificate IssueClient(string user, params string[] groups)
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(user);
        foreach (var group in groups)
            name.AddOrganizationName(group);
        return Issue(name.Build().Name, ClientAuthentication, alternatives: null, lifetime: null);
    }

    public void Dispose() => _root.Dispose();

    private IssuedCertificate Issue(string subject, string usage, X509Extension? alternatives, TimeSpan? lifetime)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        if (alternatives is not null)
            request.CertificateExtensions.Add(alternatives);
        var until = DateTimeOffset.UtcNow + (lifetime ?? TimeSpan.FromDays(1));
        using var certificate = request.Create(_root, DateTimeOffset.UtcNow - TimeSpan.FromDays(1), until, RandomNumberGenerator.GetBytes(16));
        return new IssuedCertificate(certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}
