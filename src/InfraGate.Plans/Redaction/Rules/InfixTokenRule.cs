namespace InfraGate.Plans.Redaction.Rules;

/// <summary>Tokens whose telling mark stands in their middle: Terraform Cloud (<c>….atlasv1.…</c>) and Telegram bots (<c>…:AA…</c>).</summary>
internal sealed class InfixTokenRule() : CredentialRule(".atlasv1.", ":AA")
{
    private const int TerraformHead = 14;
    private const int TerraformTail = 40;
    private const int TelegramTail = 30;
    private const int LongestHead = 16;

    public override int Examine(ReadOnlySpan<char> text, int at, CredentialSpans found)
    {
        var isTelegram = text[at] == ':';
        var from = Math.Max(found.End, Math.Max(0, at - LongestHead));
        var head = at - from - 1 - text[from..at].LastIndexOfAnyExcept(isTelegram ? CharacterSets.Digit : CharacterSets.Alphanumeric);
        if (isTelegram ? head is < 8 or > 10 : head < TerraformHead)
        {
            return at + 1;
        }

        var tail = at + (isTelegram ? ":AA".Length : ".atlasv1.".Length);
        var length = text[tail..].IndexOfAnyExcept(CharacterSets.Base64Url);
        var end = length < 0 ? text.Length : tail + length;
        if (end - tail < (isTelegram ? TelegramTail : TerraformTail))
        {
            return end;
        }

        found.Add(at - head, end, isTelegram ? CredentialKind.ApiKey : CredentialKind.HashiCorpToken);
        return end;
    }
}
