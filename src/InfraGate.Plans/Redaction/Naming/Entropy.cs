namespace InfraGate.Plans.Redaction.Naming;

/// <summary>Shannon entropy of short texts.</summary>
internal static class Entropy
{
    /// <summary>Bits a character, counted over the text's own characters; those outside ASCII count as one.</summary>
    public static double BitsPerCharacter(ReadOnlySpan<char> text)
    {
        Span<int> counts = stackalloc int[129];
        counts.Clear();
        foreach (var c in text)
        {
            counts[Math.Min(c, (char)128)]++;
        }

        var bits = 0.0;
        foreach (var count in counts)
        {
            if (count > 0)
            {
                var share = (double)count / text.Length;
                bits -= share * Math.Log2(share);
            }
        }

        return bits;
    }
}
