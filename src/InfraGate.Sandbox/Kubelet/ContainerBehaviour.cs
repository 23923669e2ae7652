using System.Text.Json.Nodes;
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

    /// <summary>It exits with 1 soon after every start.</summary>
    Crashes,

    /// <summary>It is killed for its memory soon after every start.</summary>
    OutOfMemory,

    /// <summary>It runs, but its readiness probe fails.</summary>
    NeverReady,
}

/// <summary>
/// Reads a container's fate from its image (<c>:broken</c>, <c>does-not-exist</c>, <c>crash</c>, <c>oom</c>, <c>unready</c> within the tag, or a
/// configured part), its command (<c>exit 1</c>) or its environment (<c>CRASH=true</c>).
/// </summary>
internal sealed class ContainerBehaviour(SandboxOptions options)
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

        if (Tagged(tag, "crash") || Says(container, "exit 1") || container.Items("env").Any(item => item.Text("name") == "CRASH" && item.Text("value") == "true"))
        {
            return ContainerFate.Crashes;
        }

        return Tagged(tag, "oom") ? ContainerFate.OutOfMemory : Tagged(tag, "unready") ? ContainerFate.NeverReady : ContainerFate.Runs;
    }

    private static bool Tagged(string image, string mark) =>
        image.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon && image[colon..].Contains(mark, StringComparison.OrdinalIgnoreCase);

    private static bool Says(JsonObject container, string text) =>
        (container.List("command") ?? []).Concat(container.List("args") ?? []).Any(item => item.Text()?.Contains(text, StringComparison.Ordinal) == true);
}
