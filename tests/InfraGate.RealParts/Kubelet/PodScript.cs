using System.Globalization;
using System.Text.Json.Nodes;

namespace InfraGate.RealParts.Kubelet;

/// <summary>
/// How a Pod behaves. By its images: <c>:broken</c>, <c>does-not-exist</c> or a <c>.invalid</c> registry cannot be pulled; <c>crash</c>, <c>oom</c> or
/// <c>unready</c> in the tag does what it says. Or by its annotations (put them on a Deployment's Pod template):
/// <list type="table">
/// <item><term>simulator.infragate.dev/behaviour</term><description>a <see cref="ContainerBehaviour"/> in kebab case (<c>crash-loop-back-off</c>,
/// <c>readiness-fails</c>, …), or <c>unschedulable</c>, <c>stuck-terminating</c>, or <c>none</c> (the simulator leaves the Pod alone)</description></item>
/// <item><term>…/container</term><description>the one container that misbehaves; all of them when absent</description></item>
/// <item><term>…/exit-code, …/signal, …/restarts</term><description>of a container that ends (1, none, 3)</description></item>
/// <item><term>…/ready-after-ms</term><description>time until ready (the simulator's own delay)</description></item>
/// <item><term>…/log, …/previous-log</term><description>what the containers have logged</description></item>
/// <item><term>…/log-lines</term><description>instead of a text: that many generated lines</description></item>
/// </list>
/// </summary>
internal sealed class PodScript(JsonObject pod)
{
    public const string Prefix = "simulator.infragate.dev/";

    // The sandbox reads the same marks, so that one scenario means the same on both clusters.
    private static readonly string[] UnpullableParts = [":broken", "does-not-exist", ".invalid/"];
    private static readonly (string Text, ContainerBehaviour Behaviour)[] TagMarks =
    [
        ("crash", ContainerBehaviour.CrashLoopBackOff), ("oom", ContainerBehaviour.OomKilled), ("unready", ContainerBehaviour.ReadinessFails),
        ("unhealthy", ContainerBehaviour.LivenessFails),
    ];

    private readonly JsonObject? _annotations = pod["metadata"]?["annotations"]?.AsObject();

    public bool IsIgnored => Behaviour == "none";

    public bool IsUnschedulable => Behaviour == "unschedulable";

    public bool IsStuckTerminating => Behaviour == "stuck-terminating";

    public int ExitCode => Signal is { } signal ? 128 + signal : Number("exit-code") ?? 1;

    public int? Signal => Number("signal");

    public int Restarts => Number("restarts") ?? 3;

    public TimeSpan? ReadyAfter => Number("ready-after-ms") is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;

    public string? Log => Annotation("log");

    public string? PreviousLog => Annotation("previous-log");

    public int? LogLines => Number("log-lines");

    private string? Behaviour => Annotation("behaviour");

    public ContainerBehaviour Of(string container, string image)
    {
        if (UnpullableParts.Any(part => image.Contains(part, StringComparison.OrdinalIgnoreCase)))
            return ContainerBehaviour.ImagePullBackOff;
        if (Annotation("container") is { } only && only != container)
            return ContainerBehaviour.Runs;
        return Enum.TryParse<ContainerBehaviour>(Behaviour?.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var behaviour)
            ? behaviour
            : ByTag(image);
    }

    private static ContainerBehaviour ByTag(string image)
    {
        var tag = image[(image.LastIndexOf('/') + 1)..].Split(':') is [_, var text] ? text : "";
        return TagMarks.FirstOrDefault(mark => tag.Contains(mark.Text, StringComparison.OrdinalIgnoreCase)).Behaviour;
    }

    private string? Annotation(string key) => (string?)_annotations?[Prefix + key];

    private int? Number(string key) => Annotation(key) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
