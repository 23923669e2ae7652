namespace InfraGate.Plans.Redaction.Decoding;

/// <summary>Joins what several readings of one text have found.</summary>
internal static class SpanMerge
{
    /// <summary>Puts spans in order and joins those that overlap, under the kind of the one that starts first.</summary>
    public static IReadOnlyList<CredentialSpan> Merge(List<CredentialSpan> spans)
    {
        spans.Sort((a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : b.Length.CompareTo(a.Length));
        var kept = 0;
        for (var i = 1; i < spans.Count; i++)
        {
            var (last, next) = (spans[kept], spans[i]);
            if (next.Start < last.End)
            {
                spans[kept] = last with { Length = Math.Max(last.End, next.End) - last.Start };
            }
            else
            {
                spans[++kept] = next;
            }
        }

        if (spans.Count > 0)
        {
            spans.RemoveRange(kept + 1, spans.Count - kept - 1);
        }

        return spans;
    }
}
