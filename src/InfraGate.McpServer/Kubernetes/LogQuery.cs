using System.Globalization;

namespace InfraGate.McpServer.Kubernetes;

/// <summary>Which part of which container's log.</summary>
/// <param name="Previous">The log of the container's last run, before its restart.</param>
internal sealed record LogQuery(string? Container, int TailLines, bool Previous, bool Timestamps)
{
    public string ToQueryString() =>
        string.Create(CultureInfo.InvariantCulture, $"?tailLines={TailLines}")
        + (Container is null ? "" : $"&container={Uri.EscapeDataString(Container)}")
        + (Previous ? "&previous=true" : "")
        + (Timestamps ? "&timestamps=true" : "");
}
