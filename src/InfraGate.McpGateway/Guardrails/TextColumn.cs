using System.Text;
using InfraGate.Plans.Redaction.Hidden;

namespace InfraGate.McpGateway.Guardrails;

/// <summary>
/// The strings that stand in the same place of a document's entries, in order: the lines of a log, the messages of events. They are read as
/// one text, so that a private key or a token that is spread over the lines of a log is seen whole.
/// </summary>
internal sealed class TextColumn
{
    private readonly List<(int Ordinal, string Text)> _cells = [];

    /// <summary>Adds the next string.</summary>
    /// <param name="ordinal">Its number in the document.</param>
    /// <param name="text">The string.</param>
    public void Add(int ordinal, string text) => _cells.Add((ordinal, text));

    /// <summary>Cleans the column.</summary>
    /// <param name="guard">What cleans.</param>
    /// <param name="findings">Takes what is found.</param>
    /// <param name="replacements">Takes the strings that changed, by their numbers.</param>
    public void Clean(TextGuard guard, GuardrailFindings findings, Dictionary<int, string> replacements)
    {
        if (_cells.Count == 1)
        {
            var (ordinal, text) = _cells[0];
            Keep(replacements, ordinal, text, guard.Clean(text, findings));
            return;
        }

        var starts = new int[_cells.Count + 1];
        var joined = Join(starts, findings, replacements);
        var edits = guard.Edits(joined, findings);
        if (edits.Count > 0)
        {
            Distribute(joined, starts, edits, replacements);
        }
    }

    private string Join(int[] starts, GuardrailFindings findings, Dictionary<int, string> replacements)
    {
        var joined = new StringBuilder();
        for (var i = 0; i < _cells.Count; i++)
        {
            var (ordinal, text) = _cells[i];
            var visible = HiddenText.Remove(text, out var hidden);
            findings.Add(hidden);
            Keep(replacements, ordinal, text, visible);
            starts[i] = joined.Length;
            joined.Append(visible).Append('\n');
        }

        starts[_cells.Count] = joined.Length;
        return joined.ToString();
    }

    // An edit that spans several cells leaves its placeholder in each of them.
    private void Distribute(string joined, int[] starts, IReadOnlyList<TextEdit> edits, Dictionary<int, string> replacements)
    {
        var first = 0;
        for (var i = 0; i < _cells.Count; i++)
        {
            var (start, end) = (starts[i], starts[i + 1] - 1);
            while (first < edits.Count && edits[first].End <= start)
            {
                first++;
            }

            if (first == edits.Count || edits[first].Start >= end)
            {
                continue;
            }

            var cell = new StringBuilder();
            var position = start;
            for (var e = first; e < edits.Count && edits[e].Start < end; e++)
            {
                cell.Append(joined, position, Math.Max(0, edits[e].Start - position)).Append(edits[e].Replacement);
                position = Math.Min(end, edits[e].End);
            }

            replacements[_cells[i].Ordinal] = cell.Append(joined, position, end - position).ToString();
        }
    }

    private static void Keep(Dictionary<int, string> replacements, int ordinal, string before, string after)
    {
        if (!ReferenceEquals(before, after))
        {
            replacements[ordinal] = after;
        }
    }
}
