using System.Buffers;

namespace InfraGate.Plans.Redaction.Rules;

/// <summary>Client secrets of Entra ID: three characters, a digit, <c>Q~</c>, and 31 to 34 more.</summary>
internal sealed class AzureSecretRule() : CredentialRule("Q~")
{
    private const int HeadLength = 4;
    private const int ShortestTail = 30;

    private static readonly SearchValues<char> Alphabet = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_~.-");

    public override int Examine(ReadOnlySpan<char> text, int at, CredentialSpans found)
    {
        var start = at - HeadLength;
        if (start < found.End || !char.IsAsciiDigit(text[at - 1]) || text[start..at].ContainsAnyExcept(Alphabet))
        {
            return at + 1;
        }

        var length = text[at..].IndexOfAnyExcept(Alphabet);
        var end = length < 0 ? text.Length : at + length;
        if (end - at - 2 < ShortestTail)
        {
            return end;
        }

        found.Add(start, end, CredentialKind.AzureKey);
        return end;
    }
}
