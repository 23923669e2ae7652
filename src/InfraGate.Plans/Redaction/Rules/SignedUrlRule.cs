namespace InfraGate.Plans.Redaction.Rules;

/// <summary>The signatures of pre-signed URLs: Azure shared access signatures (<c>sig=</c>), AWS and Google (<c>…-Signature=</c>).</summary>
internal sealed class SignedUrlRule() : CredentialRule("sig=", "signature=", "sig%3D")
{
    private const int Shortest = 24;
    private const int DecisionWindow = 128;

    private static readonly System.Buffers.SearchValues<char> Alphabet =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/-_%=");

    public override int Examine(ReadOnlySpan<char> text, int at, CredentialSpans found)
    {
        var start = at + text[at..].IndexOfAny('=', '%') + 1;
        start = text[start..].StartsWith("3D", StringComparison.OrdinalIgnoreCase) && text[start - 1] == '%' ? start + 2 : start;
        var isSas = text[at..].StartsWith("sig=", StringComparison.Ordinal) || text[at..].StartsWith("sig%", StringComparison.Ordinal);
        if (isSas && at > 0 && char.IsAsciiLetterOrDigit(text[at - 1]))
        {
            return start;
        }

        var window = text[start..Math.Min(text.Length, start + DecisionWindow)];
        var run = window.IndexOfAnyExcept(Alphabet);
        window = run < 0 ? window : window[..run];
        if (window.Length < Shortest || !window.ContainsAny(CharacterSets.Digit))
        {
            return start;
        }

        var length = text[start..].IndexOfAnyExcept(Alphabet);
        var end = length < 0 ? text.Length : start + length;
        found.Add(start, end, CredentialKind.SignedUrl);
        return end;
    }
}
