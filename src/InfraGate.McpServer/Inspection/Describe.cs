using System.Globalization;
using InfraGate.McpServer.Kubernetes.Models;

namespace InfraGate.McpServer.Inspection;

/// <summary>Short words for parts of objects.</summary>
internal static class Describe
{
    /// <summary>Like "http 80 to 8080/TCP, node port 30080".</summary>
    public static string Port(ServicePort port) =>
        $"{(port.Name is null ? "" : $"{port.Name} ")}{port.Port}"
        + $"{(port.TargetPort is { } target && target.Number != port.Port ? $" to {target}" : "")}/{port.Protocol ?? "TCP"}"
        + (port.NodePort is { } nodePort ? $" node port {nodePort}" : "");

    /// <summary>RFC 3339 in UTC, to the second; "unknown" when there is none.</summary>
    public static string Time(DateTimeOffset? time) =>
        time?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "unknown";

    /// <summary>Like "app=web,tier=front", sorted.</summary>
    public static string Map(IReadOnlyDictionary<string, string> map) =>
        string.Join(',', map.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));

    /// <summary>Like "GET :8080/healthz every 10 s, 3 failures".</summary>
    public static string Probe(Probe probe)
    {
        var action = probe switch
        {
            { HttpGet: { } http } => $"GET {(http.Scheme is "HTTPS" ? "https " : "")}:{http.Port}{http.Path}",
            { TcpSocket: { } tcp } => $"tcp :{tcp.Port}",
            { Grpc: { } grpc } => $"grpc :{grpc.Port}",
            { Exec.Command: { } command } => $"exec {Bounded.Text(string.Join(' ', ShownCommand.Words(command)), 80)}",
            _ => "unknown",
        };
        return $"{action} every {probe.PeriodSeconds ?? 10} s, timeout {probe.TimeoutSeconds ?? 1} s, fails after {probe.FailureThreshold ?? 3}";
    }

    /// <summary>A label selector as kubectl writes it.</summary>
    public static string Selector(LabelSelector? selector)
    {
        var parts = (selector?.MatchLabels ?? new Dictionary<string, string>(StringComparer.Ordinal)).Select(pair => $"{pair.Key}={pair.Value}")
            .Concat((selector?.MatchExpressions ?? []).Select(Requirement));
        return string.Join(',', parts.Order(StringComparer.Ordinal));
    }

    private static string Requirement(LabelRequirement requirement) => requirement.Operator switch
    {
        "Exists" => requirement.Key,
        "DoesNotExist" => $"!{requirement.Key}",
        _ => $"{requirement.Key} {(requirement.Operator is "In" ? "in" : "notin")} ({string.Join(',', requirement.Values ?? [])})",
    };
}
