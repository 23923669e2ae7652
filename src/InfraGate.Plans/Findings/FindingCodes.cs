using System.Collections.Frozen;

namespace InfraGate.Plans.Findings;

/// <summary>Every kind of finding there is, with the severity it has where no policy says otherwise. A policy file may name only these.</summary>
public static class FindingCodes
{
    /// <summary>An image is named by a tag that may point elsewhere tomorrow (<c>latest</c>, a branch, none at all), and by no digest.</summary>
    public const string MutableImageTag = "mutable-image-tag";

    /// <summary>An image comes from a registry that the policy does not list.</summary>
    public const string ImageRegistry = "image-registry";

    /// <summary>A container runs privileged.</summary>
    public const string Privileged = "privileged";

    /// <summary>A Pod shares the node's network, processes or IPC.</summary>
    public const string HostNamespace = "host-namespace";

    /// <summary>A Pod mounts a folder of the node, or a container opens a port of the node.</summary>
    public const string HostPath = "host-path";

    /// <summary>A container gets a Linux capability, or may gain privileges.</summary>
    public const string AddedCapability = "added-capability";

    /// <summary>A container runs as root, or nothing keeps it from doing so.</summary>
    public const string RunsAsRoot = "runs-as-root";

    /// <summary>A container has no CPU or memory limit.</summary>
    public const string NoLimits = "no-limits";

    /// <summary>A probe that a container had is gone.</summary>
    public const string RemovedProbe = "removed-probe";

    /// <summary>A value that looks like a credential stands in a manifest.</summary>
    public const string PlainSecret = "plain-secret";

    /// <summary>A text holds bidirectional, zero-width or look-alike characters (<see cref="Lookalikes.OddCharacters"/>).</summary>
    public const string HiddenCharacters = "hidden-characters";

    /// <summary>A Deployment is scaled to nothing.</summary>
    public const string ScaleToZero = "scale-to-zero";

    /// <summary>A HorizontalPodAutoscaler will undo the replica count.</summary>
    public const string ScaleAgainstAutoscaler = "scale-against-hpa";

    /// <summary>More replicas are asked for than the policy allows.</summary>
    public const string ReplicaLimit = "replica-limit";

    /// <summary>During or after the change fewer replicas are available than a disruption budget or the rollout strategy promises.</summary>
    public const string BelowMinimumAvailability = "below-minimum-availability";

    /// <summary>Something else in the namespace refers to what is deleted.</summary>
    public const string DeleteDependedOn = "delete-depended-on";

    /// <summary>An object is deleted.</summary>
    public const string DeletesObject = "deletes-object";

    /// <summary>An object that does not exist is made.</summary>
    public const string CreatesObject = "creates-object";

    /// <summary>A Service becomes reachable from outside of the cluster, or from more of the outside than before.</summary>
    public const string ExposedService = "exposed-service";

    /// <summary>What a Service or Deployment selects changes.</summary>
    public const string SelectorChange = "selector-change";

    /// <summary>Another field manager loses fields that it owns. Never less than an acknowledgement: the apply is forced.</summary>
    public const string FieldConflict = "field-conflict";

    /// <summary>Carrying the plan out changes nothing.</summary>
    public const string NoChange = "no-change";

    /// <summary>The change restarts the Pods of a Deployment.</summary>
    public const string RestartsPods = "restarts-pods";

    /// <summary>The API server warned about the request.</summary>
    public const string ServerWarning = "server-warning";

    /// <summary>Something could not be looked at, so that a finding may be missing.</summary>
    public const string NotChecked = "not-checked";

    private static readonly FrozenDictionary<string, FindingSeverity> Defaults = new Dictionary<string, FindingSeverity>(StringComparer.Ordinal)
    {
        [MutableImageTag] = FindingSeverity.Warn,
        [ImageRegistry] = FindingSeverity.Block,
        [Privileged] = FindingSeverity.Acknowledge,
        [HostNamespace] = FindingSeverity.Acknowledge,
        [HostPath] = FindingSeverity.Acknowledge,
        [AddedCapability] = FindingSeverity.Acknowledge,
        [RunsAsRoot] = FindingSeverity.Warn,
        [NoLimits] = FindingSeverity.Info,
        [RemovedProbe] = FindingSeverity.Warn,
        [PlainSecret] = FindingSeverity.Acknowledge,
        [HiddenCharacters] = FindingSeverity.Acknowledge,
        [ScaleToZero] = FindingSeverity.Acknowledge,
        [ScaleAgainstAutoscaler] = FindingSeverity.Warn,
        [ReplicaLimit] = FindingSeverity.Block,
        [BelowMinimumAvailability] = FindingSeverity.Warn,
        [DeleteDependedOn] = FindingSeverity.Acknowledge,
        [DeletesObject] = FindingSeverity.Warn,
        [CreatesObject] = FindingSeverity.Info,
        [ExposedService] = FindingSeverity.Acknowledge,
        [SelectorChange] = FindingSeverity.Acknowledge,
        [FieldConflict] = FindingSeverity.Acknowledge,
        [NoChange] = FindingSeverity.Info,
        [RestartsPods] = FindingSeverity.Info,
        [ServerWarning] = FindingSeverity.Warn,
        [NotChecked] = FindingSeverity.Info,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>All codes, in alphabetical order.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Defaults.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Whether there is such a code.</summary>
    public static bool IsKnown(string code) => Defaults.ContainsKey(code);

    /// <summary>The severity where no policy says otherwise.</summary>
    /// <exception cref="ArgumentException">There is no such code.</exception>
    public static FindingSeverity DefaultSeverity(string code) =>
        Defaults.TryGetValue(code, out var severity) ? severity : throw new ArgumentException($"There is no finding '{code}'.", nameof(code));

    /// <summary>The least severity that a policy may give a code.</summary>
    public static FindingSeverity LeastSeverity(string code) => code == FieldConflict ? FindingSeverity.Acknowledge : FindingSeverity.Info;
}
