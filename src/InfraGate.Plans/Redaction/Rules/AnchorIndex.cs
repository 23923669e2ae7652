using System.Buffers;

namespace InfraGate.Plans.Redaction.Rules;

/// <summary>Finds the anchors of many rules in one vectorised pass, and asks the rules that have an anchor there.</summary>
internal sealed class AnchorIndex
{
    private readonly SearchValues<string> anchors;
    private readonly StringComparison comparison;
    private readonly (string Anchor, CredentialRule Rule)[][] byFirstCharacter = new (string, CredentialRule)[128][];

    public AnchorIndex(StringComparison comparison, params CredentialRule[] rules)
    {
        this.comparison = comparison;
        var all = rules.SelectMany(rule => rule.Anchors.Select(anchor => (Anchor: anchor, Rule: rule))).ToArray();
        anchors = SearchValues.Create(all.Select(entry => entry.Anchor).Distinct(StringComparer.Ordinal).ToArray(), comparison);
        for (var c = 0; c < byFirstCharacter.Length; c++)
        {
            byFirstCharacter[c] = [.. all.Where(entry => entry.Anchor.AsSpan(0, 1).Equals([(char)c], comparison))];
        }
    }

    /// <summary>Where the next anchor starts; the greatest number when there is none.</summary>
    public int Next(ReadOnlySpan<char> text, int from)
    {
        var at = from < text.Length ? text[from..].IndexOfAny(anchors) : -1;
        return at < 0 ? int.MaxValue : from + at;
    }

    /// <summary>Asks the rules at an anchor, until one finds something; returns where to search on.</summary>
    public int Examine(ReadOnlySpan<char> text, int at, CredentialSpans found)
    {
        var resume = int.MaxValue;
        CredentialRule? asked = null;
        foreach (var (anchor, rule) in byFirstCharacter[text[at] & 0x7F])
        {
            if (ReferenceEquals(rule, asked) || !text[at..].StartsWith(anchor, comparison))
            {
                continue;
            }

            asked = rule;
            resume = Math.Min(resume, rule.Examine(text, at, found));
            if (found.End > at)
            {
                return found.End;
            }
        }

        return Math.Max(resume == int.MaxValue ? 0 : resume, at + 1);
    }
}
