using InfraGate.Plans.Redaction.Naming;

namespace InfraGate.Plans.Redaction.Rules;

/// <summary>
/// Values under telling names, in the forms of logs, JSON, YAML, XML, environment files, command lines and connection strings:
/// <c>password=…</c>, <c>"clientSecret": "…"</c>, <c>--token …</c>, <c>name: DB_PASSWORD\n value: …</c>.
/// </summary>
internal sealed class AssignmentRule() : CredentialRule("passw", "passp", "passc", "pass", "pwd", "secret", "token", "key", "auth", "cred", "cookie", "sessid", "jsession")
{
    private const int LongestName = 80;
    private const int DecisionWindow = 768;

    public override int Examine(ReadOnlySpan<char> text, int at, CredentialSpans found)
    {
        var (start, end) = NameAround(text, at);
        var name = SecretName.Of(text[start..end]);
        if (name.Strength == NameStrength.None)
        {
            return end;
        }

        // The decision looks at a window only; what is then taken for a secret is read, and hidden, to its end.
        var window = text[..Math.Min(text.Length, end + DecisionWindow)];
        var value = AssignedValue.After(window, start, end);
        if (value.IsEmpty || IsPem(window, value) || !IsSecret(window, name, value))
        {
            return end;
        }

        value = value.End == window.Length ? AssignedValue.After(text, start, end) : value;
        found.Add(value.Start, value.End, value.InConnectionString ? CredentialKind.ConnectionString : name.Kind);
        return Math.Max(end, value.End);
    }

    /// <summary>Whether a value under a name counts as a secret, without the text around it.</summary>
    internal static bool IsSecret(SecretName name, ReadOnlySpan<char> value)
    {
        if (name.Strength == NameStrength.None || SecretValue.IsPlaceholder(value, name.Kind == CredentialKind.Password))
        {
            return false;
        }

        return name.Strength switch
        {
            NameStrength.Weak when name.Kind == CredentialKind.BasicAuth => BasicCredentials.Decodes(value) || SecretValue.LooksRandom(value),
            NameStrength.Weak => SecretValue.LooksRandom(value),
            NameStrength.Reference => !SecretValue.LooksLikeObjectName(value),
            _ => name.Kind != CredentialKind.Token || !IsTokenSecretName(value),
        };
    }

    private static bool IsSecret(ReadOnlySpan<char> text, SecretName name, AssignedValue value) =>
        IsSecret(name, text[value.Start..value.End]) && !Prose.Reads(text, value);

    // A key in PEM has more lines than an assignment; its own rule knows where it ends, and that certificates are public.
    private static bool IsPem(ReadOnlySpan<char> text, AssignedValue value) => text[value.Start..value.End].StartsWith("-----BEGIN", StringComparison.Ordinal);

    /// <summary>The names of service-account token Secrets, <c>default-token-x7k2p</c>.</summary>
    private static bool IsTokenSecretName(ReadOnlySpan<char> value) =>
        value.Contains("-token-", StringComparison.Ordinal) && !value.ContainsAnyExcept(CharacterSets.ObjectName);

    private static (int Start, int End) NameAround(ReadOnlySpan<char> text, int at)
    {
        var from = Math.Max(0, at - LongestName);
        var start = from + text[from..at].LastIndexOfAnyExcept(CharacterSets.Name) + 1;
        var to = Math.Min(text.Length, at + LongestName);
        var length = text[at..to].IndexOfAnyExcept(CharacterSets.Name);
        var end = length < 0 ? to : at + length;
        while (end > at + 1 && text[end - 1] is '.' or '-')
        {
            end--;
        }

        return (start, end);
    }
}
