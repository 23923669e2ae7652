namespace InfraGate.RealParts.ControlPlane;

/// <summary>How a control plane differs from the usual one.</summary>
public sealed record ControlPlaneOptions
{
    /// <summary>Added to kube-apiserver's command line, e.g. <c>--disable-admission-plugins=LimitRanger</c>.</summary>
    public IReadOnlyList<string> ExtraApiServerArguments { get; init; } = [];

    /// <summary>False for measurements on bare objects: no controllers and no kubelet, Pods stay as they were written.</summary>
    public bool RunControllersAndKubelet { get; init; } = true;

    /// <summary>Users with a bearer token of their own, for tests of impersonation and of rights. They have no rights until a test binds some.</summary>
    public IReadOnlyList<TokenUser> Users { get; init; } = [TokenUser.Alice, TokenUser.Bob, TokenUser.Stranger];
}
