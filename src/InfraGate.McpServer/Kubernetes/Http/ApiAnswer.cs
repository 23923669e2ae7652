using System.Text.RegularExpressions;

namespace InfraGate.McpServer.Kubernetes.Http;

/// <summary>A successful answer while its body arrives.</summary>
/// <param name="Warnings">What the API server warns of (RFC 9111 Warning headers, without code and agent).</param>
internal sealed partial record ApiAnswer(int Status, IReadOnlyList<string> Warnings, Stream Body)
{
    public static ApiAnswer From(HttpResponseMessage response, Stream body) =>
        new((int)response.StatusCode, [.. response.Headers.Warning.Select(warning => Unquoted(warning.Text))], body);

    // A quoted string (RFC 9110, section 5.6.4): a backslash stands before a character that is meant as such.
    private static string Unquoted(string text) => text is ['"', .. var inner, '"'] ? QuotedPair().Replace(inner, "${meant}") : text;

    [GeneratedRegex(@"\\(?<meant>.)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex QuotedPair();
}
