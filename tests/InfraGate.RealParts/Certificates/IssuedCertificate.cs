using System.Security.Cryptography.X509Certificates;

namespace InfraGate.RealParts.Certificates;

/// <summary>A certificate and its private key (PKCS #8), both PEM.</summary>
public sealed record IssuedCertificate(string CertificatePem, string KeyPem)
{
    /// <summary>The pair as .NET's TLS uses it.</summary>
    public X509Certificate2 ToCertificate() => X509Certificate2.CreateFromPem(CertificatePem, KeyPem);

    /// <summary>Not the key: this record may be part of a message.</summary>
    public override string ToString() => nameof(IssuedCertificate);
}
