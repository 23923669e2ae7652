using InfraGate.Plans.Redaction;

namespace InfraGate.McpServer.Kubernetes;

/// <summary>Text that a cluster, or an admission webhook in it, wrote: shortened and kept without the credentials that it may quote.</summary>
internal static class ClusterText
{
    private static readonly CredentialDetector Detector = new();

    /// <summary>The text with a placeholder for every credential.</summary>
    public static string Redact(string text) => Detector.Redact(text);

    /// <summary>
    /// At most <paramref name="length"/> characters; a cut ends in "...". What is cut is redacted first: a credential without its end, or without the name
    /// before it, is not recognised any more, and its beginning would be shown. What fits is left to those who show or keep it.
    /// </summary>
    public static string Shorten(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        var redacted = Redact(text);
        return redacted.Length <= length ? redacted : Cut(redacted, length);
    }

    private static string Cut(string text, int length)
    {
        // A surrogate pair cut in two would not be valid text.
        var end = char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
        return $"{text.AsSpan(0, end)}...";
    }
}
