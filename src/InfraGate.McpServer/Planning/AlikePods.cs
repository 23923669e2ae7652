using System.Text.Json.Nodes;
using InfraGate.McpServer.Planning.Findings;
using InfraGate.McpServer.Planning.Objects;

namespace InfraGate.McpServer.Planning;

/// <summary>Pods that are alike in all that findings ask of Pods.</summary>
/// <param name="Owner">The name of the ReplicaSet they belong to; null when they belong to none.</param>
/// <param name="Labels">The labels of each.</param>
/// <param name="ConfigMaps">The ConfigMaps that each uses.</param>
internal sealed record AlikePods(string? Owner, IReadOnlyList<KeyValuePair<string, string>> Labels, IReadOnlyList<string> ConfigMaps)
{
    /// <summary>More names than anybody is told are not kept.</summary>
    public const int NamesKept = 5;
    private const string TemplateHashLabel = "pod-template-hash";
    private readonly List<string> _names = [];

    public int Count { get; private set; }

    /// <summary>The first <see cref="NamesKept"/>.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The deployment controller names a ReplicaSet after its Deployment and the hash that its Pods are labelled with.</summary>
    public bool AreOf(string deployment) =>
        Owner is not null && Labels.FirstOrDefault(label => label.Key == TemplateHashLabel).Value is { } hash && Owner == $"{deployment}-{hash}";

    public static AlikePods Like(JsonObject pod) => new(
        pod.MapsAt("metadata", "ownerReferences").FirstOrDefault(owner => owner.TextAt("kind") == "ReplicaSet").TextAt("name"),
        [.. pod.TextsAt("metadata", "labels").OrderBy(label => label.Key, StringComparer.Ordinal)],
        PodTemplates.ConfigMaps(pod["spec"] as JsonObject));

    public void Add(string name)
    {
        Count++;
        if (_names.Count < NamesKept)
        {
            _names.Add(name);
        }
    }
}

/// <summary>Counts Pods by what they have in common while they stream by, so that memory grows with the kinds of Pods and not with their number.</summary>
internal sealed class PodCensus
{
    private readonly Dictionary<string, AlikePods> _groups = new(StringComparer.Ordinal);

    public IReadOnlyList<AlikePods> Groups => [.. _groups.Values];

    public void Add(JsonObject pod)
    {
        var alike = AlikePods.Like(pod);

        // None of these characters is allowed in a name, a label or a label's value.
        var key = $"{alike.Owner}|{string.Join(',', alike.Labels.Select(label => $"{label.Key}={label.Value}"))}|{string.Join(',', alike.ConfigMaps)}";
        if (!_groups.TryGetValue(key, out var group))
        {
            _groups.Add(key, group = alike);
        }

        group.Add(pod.TextAt("metadata", "name") ?? "");
    }
}
