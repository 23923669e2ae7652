namespace InfraGate.Plans.Findings;

/// <summary>
/// Every kind of finding, with the severity it has where no policy file says otherwise. The codes are stable: policy files, audit entries and pages use them.
/// </summary>
public static class FindingCodes
{
    /// <summary>An image is named by a tag that can point to something else tomorrow (<c>latest</c>, a branch), or by none.</summary>
    public const string MutableImageTag = "mutable-image-tag";

    /// <summary>An image comes from a registry that the policy does not list.</summary>
    public const string ImageRegistryNotAllowed = "image-registry-not-allowed";

    /// <summary>A container runs privileged: it is root on the node.</summary>
    public const string Privileged = "privileged";

    /// <summary>Pods share the node's network, process or IPC namespace.</summary>
    public const string HostNamespace = "host-namespace";

    /// <summary>Pods mount a folder of the node.</summary>
    public const string HostPath = "host-path";

    /// <summary>A container adds Linux capabilities.</summary>
    public const string AddedCapabilities = "added-capabilities";

    /// <summary>A container runs as root, or nothing keeps its image from doing so.</summary>
    public const string RunsAsRoot = "runs-as-root";

    /// <summary>A container has no memory or CPU limit.</summary>
    public const string NoLimits = "no-limits";

    /// <summary>An environment variable holds what looks like a credential in plain text.</summary>
    public const string SecretInEnvironment = "secret-in-env";

    /// <summary>A ConfigMap holds what looks like a credential.</summary>
    public const string SecretInConfigMap = "secret-in-configmap";

    /// <summary>A Deployment gets no replicas: what it serves stops.</summary>
    public const string ScaleToZero = "scale-to-zero";

    /// <summary>A HorizontalPodAutoscaler sets the replicas and will undo another count.</summary>
    public const string AutoscalerInCharge = "autoscaler-in-charge";

    /// <summary>An object goes that a Service, Deployment or Pods still depend on.</summary>
    public const string DeletesDependency = "deletes-dependency";

    /// <summary>A Service becomes reachable from outside the cluster.</summary>
    public const string ServiceExposed = "service-exposed";

    /// <summary>A Service selects other Pods than before.</summary>
    public const string SelectorChange = "selector-change";

    /// <summary>A rollout or scaling takes the number of available Pods below its minimum.</summary>
    public const string BelowMinimumAvailability = "below-minimum-availability";

    /// <summary>Fields that other managers own are taken from them.</summary>
    public const string FieldConflict = "field-conflict";

    /// <summary>The plan changes nothing.</summary>
    public const string NoChange = "no-change";

    /// <summary>The API server warned about the request.</summary>
    public const string ServerWarning = "server-warning";

    private static readonly Dictionary<string, FindingSeverity> Severities = new(StringComparer.Ordinal)
    {
        [MutableImageTag] = FindingSeverity.Warn,
        [ImageRegistryNotAllowed] = FindingSeverity.Block,
        [Privileged] = FindingSeverity.Acknowledge,
        [HostNamespace] = FindingSeverity.Acknowledge,
        [HostPath] = FindingSeverity.Acknowledge,
        [AddedCapabilities] = FindingSeverity.Acknowledge,
        [RunsAsRoot] = FindingSeverity.Warn,
        [NoLimits] = FindingSeverity.Info,
        [SecretInEnvironment] = FindingSeverity.Acknowledge,
        [SecretInConfigMap] = FindingSeverity.Acknowledge,
        [ScaleToZero] = FindingSeverity.Acknowledge,
        [AutoscalerInCharge] = FindingSeverity.Acknowledge,
        [DeletesDependency] = FindingSeverity.Acknowledge,
        [ServiceExposed] = FindingSeverity.Acknowledge,
        [SelectorChange] = FindingSeverity.Acknowledge,
        [BelowMinimumAvailability] = FindingSeverity.Warn,
        [FieldConflict] = FindingSeverity.Acknowledge,
        [NoChange] = FindingSeverity.Info,
        [ServerWarning] = FindingSeverity.Warn,
    };

    /// <summary>All codes with their built-in severity.</summary>
    public static IReadOnlyDictionary<string, FindingSeverity> Defaults => Severities;

    /// <summary>The built-in severity of a code.</summary>
    /// <exception cref="KeyNotFoundException">There is no such code.</exception>
    public static FindingSeverity DefaultSeverity(string code) => Severities[code];
}
