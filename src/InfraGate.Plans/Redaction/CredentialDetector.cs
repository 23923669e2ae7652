using System.Text;
using InfraGate.Plans.Redaction.Decoding;
using InfraGate.Plans.Redaction.Naming;
using InfraGate.Plans.Redaction.Rules;

namespace InfraGate.Plans.Redaction;

/// <summary>
/// Says what counts as a credential, for everything that shows, logs or sends text. It has no state and may be shared between threads.
/// The time it takes grows with the length of the text only, whatever the text is.
/// </summary>
public sealed class CredentialDetector
{
    private readonly LayeredSearch search = new(new CredentialScan());

    /// <summary>Finds the credentials in a text: known forms, values under telling names, and both of these behind escapes, base64 and invisible characters.</summary>
    /// <param name="text">Any text: a log line, a whole log, a manifest, a document.</param>
    /// <returns>Spans of <paramref name="text"/> in order, without overlap; empty when there is none.</returns>
    public IReadOnlyList<CredentialSpan> Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return search.Find(text);
    }

    /// <summary>Finds the credentials in a command line that is a list of words, as containers have them: <c>["--password", "hunter2"]</c>, <c>["redis-cli", "-a", "hunter2"]</c>.</summary>
    /// <param name="words">The words in order, from the program on where it is known.</param>
    /// <returns>For each word the spans of it in order, without overlap; one over the whole word when that is named by the option before it.</returns>
    public IReadOnlyList<IReadOnlyList<CredentialSpan>> FindInCommand(IReadOnlyList<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return new CommandSearch(this).Find(words);
    }

    /// <summary>Whether a text holds a credential.</summary>
    public bool Contains(string text) => Find(text).Count > 0;

    /// <summary>Replaces every credential in a text by its placeholder, for example <c>[redacted:jwt]</c>.</summary>
    /// <returns>The redacted text; the very same instance when there was nothing to hide.</returns>
    public string Redact(string text) => Redact(text, Find(text));

    /// <summary>Replaces the given spans of a text by their placeholders.</summary>
    /// <param name="text">The text that was searched.</param>
    /// <param name="spans">What <see cref="Find"/> returned for it.</param>
    public static string Redact(string text, IReadOnlyList<CredentialSpan> spans)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(spans);
        if (spans.Count == 0)
        {
            return text;
        }

        var redacted = new StringBuilder(text.Length);
        var position = 0;
        foreach (var span in spans)
        {
            redacted.Append(text, position, span.Start - position).Append(span.Kind.Placeholder());
            position = span.End;
        }

        return redacted.Append(text, position, text.Length - position).ToString();
    }

    /// <summary>Judges a property by its name: the value of <c>clientSecret</c> is one, whatever it looks like; that of <c>secretName</c> is not.</summary>
    /// <param name="name">The name of a property, header, setting or command line flag.</param>
    /// <param name="value">Its whole value.</param>
    /// <returns>What the whole value is; null when its name does not make it a secret, which leaves open whether a part of it is one.</returns>
    public CredentialKind? KindOf(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        if (name.EndsWith("authorization", StringComparison.OrdinalIgnoreCase) || name.EndsWith("cookie", StringComparison.OrdinalIgnoreCase))
        {
            var asHeader = Find($"{name}: {value}");
            return asHeader.Count > 0 ? asHeader[0].Kind : null;
        }

        var verdict = SecretName.Of(name);
        return AssignmentRule.IsSecret(verdict, value) && !Prose.IsSentence(value) ? verdict.Kind : null;
    }

    /// <summary>Whether a named value (an environment variable, a ConfigMap entry, a setting) must not be shown.</summary>
    /// <param name="name">The name, for example <c>DB_PASSWORD</c>.</param>
    /// <param name="value">The value; null when only the name is known, which is then judged alone.</param>
    public bool LooksSecret(string name, string? value)
    {
        ArgumentNullException.ThrowIfNull(name);
        var verdict = SecretName.Of(name);
        return value is null ? verdict.Strength == NameStrength.Strong : AssignmentRule.IsSecret(verdict, value) || Contains(value);
    }
}
