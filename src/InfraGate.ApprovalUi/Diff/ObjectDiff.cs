using DiffPlex;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace InfraGate.ApprovalUi.Diff;

/// <summary>The line diff of one object, before and after, written as YAML.</summary>
public sealed class ObjectDiff
{
    private const int Context = 3;

    /// <summary>Runs of unchanged lines shorter than this are not worth a fold.</summary>
    private const int SmallestFold = 4;

    private ObjectDiff(IReadOnlyList<DiffLine> lines) => Lines = lines;

    /// <summary>Every line of both sides.</summary>
    public IReadOnlyList<DiffLine> Lines { get; }

    /// <summary>How many lines are added.</summary>
    public int Added => Lines.Count(line => line.Kind == DiffLineKind.Added);

    /// <summary>How many lines are removed.</summary>
    public int Removed => Lines.Count(line => line.Kind == DiffLineKind.Removed);

    /// <summary>Compares two JSON documents; null is an object that does not exist.</summary>
    public static ObjectDiff Between(string? beforeJson, string? afterJson)
    {
        var before = beforeJson is null ? string.Empty : YamlText.Of(beforeJson);
        var after = afterJson is null ? string.Empty : YamlText.Of(afterJson);
        var model = new InlineDiffBuilder(new Differ()).BuildDiffModel(before, after, ignoreWhitespace: false);
        return new ObjectDiff(Number(model.Lines));
    }

    /// <summary>The lines in blocks: changes with three lines of context, and the unchanged rest, which may be folded.</summary>
    public IReadOnlyList<DiffBlock> Blocks()
    {
        var near = new bool[Lines.Count];
        for (var i = 0; i < Lines.Count; i++)
        {
            if (Lines[i].Kind != DiffLineKind.Same)
            {
                Array.Fill(near, true, Math.Max(0, i - Context), Math.Min(Lines.Count, i + Context + 1) - Math.Max(0, i - Context));
            }
        }

        var blocks = new List<DiffBlock>();
        for (var start = 0; start < Lines.Count;)
        {
            var end = start;
            while (end < Lines.Count && near[end] == near[start])
            {
                end++;
            }

            var lines = Lines.Skip(start).Take(end - start).ToArray();
            blocks.Add(new DiffBlock(lines, !near[start] && lines.Length >= SmallestFold));
            start = end;
        }

        return blocks;
    }

    /// <summary>Pairs removed and added lines of one block for the two columns of a side-by-side view.</summary>
    public static IEnumerable<(DiffLine? Left, DiffLine? Right)> Pair(IReadOnlyList<DiffLine> lines)
    {
        for (var i = 0; i < lines.Count;)
        {
            if (lines[i].Kind == DiffLineKind.Same)
            {
                yield return (lines[i], lines[i]);
                i++;
                continue;
            }

            var changed = lines.Skip(i).TakeWhile(line => line.Kind != DiffLineKind.Same).ToArray();
            var removed = changed.Where(line => line.Kind == DiffLineKind.Removed).ToArray();
            var added = changed.Where(line => line.Kind == DiffLineKind.Added).ToArray();
            for (var row = 0; row < Math.Max(removed.Length, added.Length); row++)
            {
                yield return (row < removed.Length ? removed[row] : null, row < added.Length ? added[row] : null);
            }

            i += changed.Length;
        }
    }

    private static List<DiffLine> Number(List<DiffPiece> pieces)
    {
        var lines = new List<DiffLine>(pieces.Count);
        var (oldNumber, newNumber) = (0, 0);
        foreach (var piece in pieces)
        {
            lines.Add(piece.Type switch
            {
                ChangeType.Inserted => new DiffLine(DiffLineKind.Added, Old: null, ++newNumber, piece.Text),
                ChangeType.Deleted => new DiffLine(DiffLineKind.Removed, ++oldNumber, New: null, piece.Text),
                _ => new DiffLine(DiffLineKind.Same, ++oldNumber, ++newNumber, piece.Text),
            });
        }

        return lines;
    }
}
