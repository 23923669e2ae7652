using InfraGate.RealParts.Files;
using InfraGate.RealParts.Processes;

namespace InfraGate.RealParts.ControlPlane;

/// <summary>etcd, kube-apiserver and kube-controller-manager with their command lines.</summary>
internal sealed class ControlPlaneProcesses(string assets, TemporaryFolder folder, ControlPlanePki pki) : IAsyncDisposable
{
    private readonly List<RunningProcess> _running = [];

    public string AuditLog { get; } = folder.File("audit.log");

    public RunningProcess StartEtcd(int clientPort, int peerPort) => Start("etcd",
    [
        $"--data-dir={folder.File("etcd")}",
        $"--listen-client-urls=http://127.0.0.1:{clientPort}",
        $"--advertise-client-urls=http://127.0.0.1:{clientPort}",
        $"--listen-peer-urls=http://127.0.0.1:{peerPort}",
        $"--initial-advertise-peer-urls=http://127.0.0.1:{peerPort}",
        $"--initial-cluster=default=http://127.0.0.1:{peerPort}",
        "--log-level=warn",
    ]);

    public RunningProcess StartApiServer(int port, int etcdPort, ControlPlaneOptions options) => Start("kube-apiserver",
    [
        $"--etcd-servers=http://127.0.0.1:{etcdPort}",
        "--bind-address=127.0.0.1",
        "--advertise-address=127.0.0.1",
        $"--secure-port={port}",
        $"--cert-dir={folder.File("apiserver")}",
        $"--tls-cert-file={pki.ServerCertificateFile}",
        $"--tls-private-key-file={ControlPlanePki.KeyOf(pki.ServerCertificateFile)}",
        $"--client-ca-file={pki.CaFile}",
        $"--token-auth-file={folder.Write("tokens.csv", string.Join('\n', options.Users.Select(user => user.ToCsvLine())))}",
        "--authorization-mode=RBAC",
        "--allow-privileged=true",
        "--enable-admission-plugins=ResourceQuota,LimitRanger",
        "--service-cluster-ip-range=10.96.0.0/16",
        "--service-account-issuer=https://kubernetes.default.svc",
        $"--service-account-signing-key-file={pki.ServiceAccountKeyFile}",
        $"--service-account-key-file={pki.ServiceAccountPublicKeyFile}",
        $"--kubelet-certificate-authority={pki.CaFile}",
        $"--kubelet-client-certificate={pki.KubeletClientCertificateFile}",
        $"--kubelet-client-key={ControlPlanePki.KeyOf(pki.KubeletClientCertificateFile)}",
        "--kubelet-preferred-address-types=InternalIP",
        // Endpoints of the service "kubernetes" must not be loopback addresses; no test needs them.
        "--endpoint-reconciler-type=none",
        $"--audit-policy-file={folder.Write("audit-policy.yaml", AuditPolicy.Yaml)}",
        $"--audit-log-path={AuditLog}",
        "--audit-log-mode=blocking",
        .. options.ExtraApiServerArguments,
    ]);

    public RunningProcess StartControllerManager(Uri apiServer) => Start("kube-controller-manager",
    [
        $"--kubeconfig={WriteControllersKubeconfig(apiServer)}",
        "--controllers=deployment,replicaset,statefulset,daemonset,job,endpoint,endpointslice,serviceaccount,serviceaccount-token,"
            + "root-ca-cert-publisher,namespace,garbagecollector,horizontalpodautoscaling,resourcequota,disruption",
        $"--service-account-private-key-file={pki.ServiceAccountKeyFile}",
        $"--root-ca-file={pki.CaFile}",
        "--leader-elect=false",
        "--port=0",
        "--secure-port=0",
        "--kube-api-qps=500",
        "--kube-api-burst=1000",
        "--resource-quota-sync-period=1s",
        "--horizontal-pod-autoscaler-sync-period=2s",
    ]);

    /// <summary>Ends all of them, the last started first; nothing here is worth a graceful end.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var process in _running.AsEnumerable().Reverse())
            await process.DisposeAsync();
        _running.Clear();
    }

    private RunningProcess Start(string program, IReadOnlyList<string> arguments)
    {
        var process = RunningProcess.Start(new ProcessPlan(program, Path.Combine(assets, program)) { Arguments = arguments, WorkingDirectory = folder.Path });
        _running.Add(process);
        return process;
    }

    private string WriteControllersKubeconfig(Uri apiServer) => folder.Write("controllers.kubeconfig",
        $"""
        apiVersion: v1
        kind: Config
        clusters:
        - name: test
          cluster:
            server: {apiServer.GetLeftPart(UriPartial.Authority)}
            certificate-authority: {pki.CaFile}
        users:
        - name: controllers
          user:
            client-certificate: {pki.ControllersCertificateFile}
            client-key: {ControlPlanePki.KeyOf(pki.ControllersCertificateFile)}
        contexts:
        - name: test
          context:
            cluster: test
            user: controllers
        current-context: test

        """);
}
