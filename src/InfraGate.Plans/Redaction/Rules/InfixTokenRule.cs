namespace InfraGate.Plans.Redaction.Rules;

/// <summary>Tokens whose telling mark stands in their middle: Azure client secrets (<c>…8Q~…</c>), Terraform Cloud (<c>….atlasv1.…</c>), Telegram bots (<c>…:AA…</c>).</summary>
internal sealed class InfixTokenRule() : CredentialRule("Q~", ".atlasv1.", ":AA")
{
    private const int LongestHead = 16;

    public override int Examine(ReadOnlySpan<char> text, int at, CredentialSpans found)
    {
        var from = Math.Max(found.End, Math.Max(0, at - LongestHead));
        var head = at - from - 1 - text[from..at].LastIndexOfAnyExcept(text[at] == ':' ? CharacterSets.Digit : CharacterSets.Alphanumeric);
        var (mark, kind, shortest) = text[at] switch
        {
            'Q' => (2, CredentialKind.AzureKey, 30),
            '.' => (9, CredentialKind.HashiCorpToken, 40),
            _ => (3, CredentialKind.ApiKey, 30),
        };
        if (!HeadFits(text[(at - head)..at], text[at]))
        {
            return at + 1;
        }

        var length = text[(at + mark)..].IndexOfAnyExcept(text[at] == 'Q' ? AzureTail : CharacterSets.Base64Url);
        var end = length < 0 ? text.Length : at + mark + length;
        if (end - at - mark < shortest)
        {
            return at + 1;
        }

        found.Add(at - head, end, kind);
        return end;
    }

    private static readonly System.Buffers.SearchValues<char> AzureTail =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_~.-");

    private static bool HeadFits(ReadOnlySpan<char> head, char mark) => mark switch
    {
        'Q' => head.Length >= 3 && char.IsAsciiDigit(head[^1]),
        '.' => head.Length >= 14,
        _ => head.Length is >= 8 and <= 10 && !head.ContainsAnyExcept(CharacterSets.Digit),
    };
}
