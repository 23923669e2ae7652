using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using InfraGate.Sandbox.Hosting;
using InfraGate.Sandbox.Json;

namespace InfraGate.Sandbox.Kubelet;

/// <summary>What becomes of a container.</summary>
internal enum ContainerFate
{
    /// <summary>It starts, becomes ready and stays.</summary>
    Runs,

    /// <summary>Its image cannot be pulled.</summary>
    ImageMissing,

    /// <summary>Its image is no valid reference.</summary>
    ImageInvalid,

    /// <summary>It ends soon after every start: with 1, or by the signal that its tag names.</summary>
    Crashes,

    /// <summary>It is killed for its memory soon after every start.</summary>
    OutOfMemory,

    /// <summary>It runs, but its readiness probe fails.</summary>
    NeverReady,

    /// <summary>It runs, but its liveness probe fails, so that it is restarted again and again.</summary>
    NeverAlive,
}

/// <summary>
/// Reads a container's fate from its image (<c>:broken</c>, <c>does-not-exist</c>, <c>crash</c>, <c>signal-11</c>, <c>oom</c>, <c>unready</c>,
/// <c>unhealthy</c> within the tag, or a configured part), its command (<c>exit 1</c>) or its environment (<c>CRASH=true</c>).
/// </summary>
internal sealed partial class ContainerBehaviour(SandboxOptions options)
{
    /// <summary>The tag of the demo workload's failed rollout: a misspelt <c>alpine</c>.</summary>
    public const string MisspeltTag = "1.27-alpinee";

    private static readonly string[] MissingImages = [":broken", "does-not-exist", ":" + MisspeltTag];

    public ContainerFate FateOf(JsonObject container)
    {
        var image = container.Text("image") ?? string.Empty;
        var tag = image[(image.LastIndexOf('/') + 1)..];
        if (image.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter)) || image.Split('@', ':')[0].Any(char.IsAsciiLetterUpper))
        {
            return ContainerFate.ImageInvalid;
        }

        if (MissingImages.Concat(options.BadImages).Any(part => image.Contains(part, StringComparison.OrdinalIgnoreCase)))
        {
            return ContainerFate.ImageMissing;
        }

        if (Tagged(tag, "crash") || SignalMark().IsMatch(tag) || Says(container, "exit 1") || container.Items("env").Any(item => item.Text("name") == "CRASH" && item.Text("value") == "true"))
        {
            return ContainerFate.Crashes;
        }

        if (Tagged(tag, "unhealthy") && container.Object("livenessProbe") is not null)
        {
            return ContainerFate.NeverAlive;
        }

        return Tagged(tag, "oom") ? ContainerFate.OutOfMemory : Tagged(tag, "unready") ? ContainerFate.NeverReady : ContainerFate.Runs;
    }

    /// <summary>What a container that crashes exits with: 128 and the signal, as a shell and every runtime report it, or 1.</summary>
    public static int ExitCodeOf(JsonObject container) =>
        SignalMark().Match(container.Text("image") ?? string.Empty) is { Success: true } mark ? 128 + int.Parse(mark.Groups["number"].Value, CultureInfo.InvariantCulture) : 1;

    private static bool Tagged(string image, string mark) =>
        image.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon && image[colon..].Contains(mark, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(":[^:/]*signal-(?<number>[0-9]{1,2})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SignalMark();

    private static bool Says(JsonObject container, string text) =>
        (container.List("command") ?? []).Concat(container.List("args") ?? []).Any(item => item.Text()?.Contains(text, StringComparison.Ordinal) == true);
}
