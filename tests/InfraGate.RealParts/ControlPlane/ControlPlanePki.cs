using System.Security.Cryptography;
using InfraGate.RealParts.Certificates;
using InfraGate.RealParts.Files;

namespace InfraGate.RealParts.ControlPlane;

/// <summary>Every key and certificate of one control plane, as files in its folder.</summary>
internal sealed class ControlPlanePki : IDisposable
{
    public const string AdminUser = "infragate:test-admin";
    public const string KubeletUser = "infragate:kubelet-simulator";
    public const string ControllersUser = "system:kube-controller-manager";
    private const string Superusers = "system:masters";

    private readonly CertificateAuthority _authority = new("infragate-test-cluster");
    private readonly TemporaryFolder _folder;

    public ControlPlanePki(TemporaryFolder folder)
    {
        _folder = folder;
        Admin = _authority.IssueClient(AdminUser, Superusers);
        Kubelet = _authority.IssueClient(KubeletUser, Superusers);
        KubeletServer = _authority.IssueServer("kubelet-simulator");
        CaFile = folder.Write("ca.crt", CaPem);
        ServerCertificateFile = WritePair("apiserver", _authority.IssueServer("kube-apiserver"));
        // What the API server shows to the kubelet when it asks for logs.
        KubeletClientCertificateFile = WritePair("apiserver-kubelet-client", _authority.IssueClient("kube-apiserver-kubelet-client", Superusers));
        ControllersCertificateFile = WritePair("controllers", _authority.IssueClient(ControllersUser, Superusers));

        using var serviceAccounts = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        // Kubernetes reads this key in SEC 1 form ("EC PRIVATE KEY").
        ServiceAccountKeyFile = folder.Write("service-accounts.key", serviceAccounts.ExportECPrivateKeyPem());
        ServiceAccountPublicKeyFile = folder.Write("service-accounts.pub", serviceAccounts.ExportSubjectPublicKeyInfoPem());
    }

    public string CaPem => _authority.Pem;

    public IssuedCertificate Admin { get; }

    public IssuedCertificate Kubelet { get; }

    public IssuedCertificate KubeletServer { get; }

    public string CaFile { get; }

    public string ServerCertificateFile { get; }

    public string KubeletClientCertificateFile { get; }

    public string ControllersCertificateFile { get; }

    public string ServiceAccountKeyFile { get; }

    public string ServiceAccountPublicKeyFile { get; }

    /// <summary>The key file that belongs to one of the certificate files above.</summary>
    public static string KeyOf(string certificateFile) => Path.ChangeExtension(certificateFile, ".key");

    public void Dispose() => _authority.Dispose();

    private string WritePair(string name, IssuedCertificate pair)
    {
        _folder.Write($"{name}.key", pair.KeyPem);
        return _folder.Write($"{name}.crt", pair.CertificatePem);
    }
}
