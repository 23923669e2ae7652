using System.Text;
using InfraGate.McpGateway.Guardrails.Injection;
using InfraGate.Plans.Redaction;
using InfraGate.Plans.Redaction.Hidden;

namespace InfraGate.McpGateway.Guardrails;

/// <summary>Cleans one text: hidden characters removed first, so that nothing can hide behind them, then credentials replaced, then injection patterns flagged.</summary>
internal sealed class TextGuard(CredentialDetector credentials, InjectionDetector injections, bool redactInjection)
{
    private readonly CleanNames _cleanNames = new();

    /// <summary>The credential rules, for those who judge names with their values.</summary>
    public CredentialDetector Credentials => credentials;

    /// <summary>Cleans a text.</summary>
    /// <returns>The clean text; the very same instance when it was clean already.</returns>
    public string Clean(string text, GuardrailFindings findings)
    {
        var visible = HiddenText.Remove(text, out var hidden);
        findings.Add(hidden);
        var edits = Edits(visible, findings);
        return edits.Count == 0 ? visible : Apply(visible, edits);
    }

    /// <summary>Cleans a property's name. The same few names come with every answer: what was found clean once is not read again.</summary>
    /// <returns>The clean name; the very same instance when it was clean already.</returns>
    public string CleanName(string name, GuardrailFindings findings)
    {
        if (_cleanNames.Holds(name))
        {
            return name;
        }

        var clean = Clean(name, findings);
        if (ReferenceEquals(clean, name) && !findings.Any)
        {
            _cleanNames.Add(name);
        }

        return clean;
    }

    /// <summary>What has to be replaced in a visible text, in order and without overlap.</summary>
    public IReadOnlyList<TextEdit> Edits(string visible, GuardrailFindings findings)
    {
        var secrets = credentials.Find(visible);
        var patterns = injections.Find(visible);
        if (secrets.Count == 0 && patterns.Count == 0)
        {
            return [];
        }

        var edits = new List<TextEdit>(secrets.Count + patterns.Count);
        foreach (var secret in secrets)
        {
            findings.Add(secret.Kind);
            edits.Add(new TextEdit(secret.Start, secret.End, secret.Kind.Placeholder()));
        }

        foreach (var pattern in patterns)
        {
            findings.Add(pattern.Category);
            if (redactInjection && !edits.Exists(edit => edit.Start < pattern.End && pattern.Start < edit.End))
            {
                edits.Add(new TextEdit(pattern.Start, pattern.End, $"[removed:{pattern.Category.Slug()}]"));
            }
        }

        edits.Sort((a, b) => a.Start.CompareTo(b.Start));
        return edits;
    }

    private static string Apply(string text, IReadOnlyList<TextEdit> edits)
    {
        var result = new StringBuilder(text.Length);
        var position = 0;
        foreach (var edit in edits)
        {
            result.Append(text, position, edit.Start - position).Append(edit.Replacement);
            position = edit.End;
        }

        return result.Append(text, position, text.Length - position).ToString();
    }
}
