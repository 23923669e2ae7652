namespace InfraGate.McpServer.Kubernetes.Http;

/// <summary>A successful answer while its body arrives.</summary>
/// <param name="Warnings">What the API server warns of (RFC 9111 Warning headers, without code and agent).</param>
internal sealed record ApiAnswer(int Status, IReadOnlyList<string> Warnings, Stream Body)
{
    public static ApiAnswer From(HttpResponseMessage response, Stream body) =>
        new((int)response.StatusCode, [.. response.Headers.Warning.Select(warning => warning.Text.Trim('"'))], body);
}
