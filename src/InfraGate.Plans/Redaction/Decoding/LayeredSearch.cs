using InfraGate.Plans.Redaction.Hidden;
using InfraGate.Plans.Redaction.Rules;

namespace InfraGate.Plans.Redaction.Decoding;

/// <summary>
/// Searches a text as it stands and as its readers would decode it: without hidden characters, with escapes taken off (twice at most),
/// and inside base64 (twice at most). Each layer is at most as long as the one outside it, so the work stays linear.
/// </summary>
internal sealed class LayeredSearch(CredentialScan scan)
{
    private const int DeepestEscapes = 2;
    private const int DeepestBase64 = 2;

    public IReadOnlyList<CredentialSpan> Find(string text) => Find(text, base64Depth: 0);

    private IReadOnlyList<CredentialSpan> Find(string text, int base64Depth)
    {
        var visible = HiddenText.Strip(text, out _);
        if (visible is null)
        {
            return FindVisible(text, base64Depth);
        }

        return [.. FindVisible(visible.Text, base64Depth).Select(span => visible.ToSource(span, offset: 0))];
    }

    private IReadOnlyList<CredentialSpan> FindVisible(string text, int base64Depth)
    {
        var plain = scan.Run(text).All;
        var found = new List<CredentialSpan>(plain);
        AddEscaped(text, escapeDepth: 0, found);
        if (base64Depth < DeepestBase64)
        {
            AddEncoded(text, base64Depth, plain, found);
        }

        return found.Count == plain.Count ? plain : SpanMerge.Merge(found);
    }

    private void AddEscaped(string text, int escapeDepth, List<CredentialSpan> found)
    {
        for (var at = Escapes.Next(text, 0); at >= 0;)
        {
            // A line at a time: one escape in a long log does not have all of it decoded.
            var start = text.LastIndexOf('\n', at) + 1;
            var lineEnd = text.IndexOf('\n', at);
            var end = lineEnd < 0 ? text.Length : lineEnd;
            var decoded = Escapes.Decode(text[start..end]);
            found.AddRange(FindDecoded(decoded.Text, escapeDepth).Select(span => decoded.ToSource(span, start)));
            at = end < text.Length ? Escapes.Next(text, end) : -1;
        }
    }

    private List<CredentialSpan> FindDecoded(string text, int escapeDepth)
    {
        var visible = HiddenText.Strip(text, out _);
        var plain = visible?.Text ?? text;
        var found = new List<CredentialSpan>(scan.Run(plain).All);
        if (escapeDepth + 1 < DeepestEscapes)
        {
            AddEscaped(plain, escapeDepth + 1, found);
        }

        return visible is null ? found : found.ConvertAll(span => visible.ToSource(span, offset: 0));
    }

    private void AddEncoded(string text, int base64Depth, IReadOnlyList<CredentialSpan> plain, List<CredentialSpan> found)
    {
        var known = 0;
        var position = 0;
        while (Base64Runs.Next(text, position, out var start, out var end))
        {
            position = end;
            while (known < plain.Count && plain[known].End <= start)
            {
                known++;
            }

            if (known < plain.Count && plain[known].Start < end)
            {
                continue;
            }

            var decoded = Base64Text.Decode(text.AsSpan(start, end - start));
            if (decoded is not null && Find(decoded, base64Depth + 1).Count > 0)
            {
                var padding = text.AsSpan(end).IndexOfAnyExcept('=');
                var to = padding < 0 ? text.Length : end + padding;
                found.Add(new CredentialSpan(start, to - start, CredentialKind.EncodedCredential));
            }
        }
    }
}
