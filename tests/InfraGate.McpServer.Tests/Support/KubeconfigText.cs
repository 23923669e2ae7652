using System.Text;

namespace InfraGate.McpServer.Tests.Support;

/// <summary>Kubeconfigs of one context, with further lines for its cluster and its user.</summary>
internal static class KubeconfigText
{
    public static string For(Uri server, string[]? cluster = null, string[]? user = null) => $"""
        apiVersion: v1
        kind: Config
        current-context: test
        contexts:
        - name: test
          context: {"{"} cluster: test, user: test {"}"}
        clusters:
        - name: test
          cluster:
            server: {server}
        {Lines(cluster)}
        users:
        - name: test
          user:
        {Lines(user ?? ["token: fake-token"])}
        """;

    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Lines(string[]? lines) => string.Join('\n', (lines ?? []).Select(line => $"    {line}"));
}
