using InfraGate.Plans.Redaction;

namespace InfraGate.McpServer.Inspection;

/// <summary>
/// Shows command lines without the credentials in them. They are hidden here, where the words are still apart: in an answer's text nobody can tell any more where
/// one ends, and of what command and option it is.
/// </summary>
internal static class ShownCommand
{
    private static readonly CredentialDetector Detector = new();

    /// <summary>The words: one that is a credential as its fingerprint, one that holds one with a placeholder in its place.</summary>
    /// <param name="words">The words, from the program on.</param>
    public static IReadOnlyList<string> Words(IReadOnlyList<string> words) => [.. words.Zip(Detector.FindInCommand(words), Show)];

    private static string Show(string word, IReadOnlyList<CredentialSpan> credentials) =>
        credentials is [{ Start: 0 } whole] && whole.Length == word.Length ? Fingerprint.Of(word) : CredentialDetector.Redact(word, credentials);
}
