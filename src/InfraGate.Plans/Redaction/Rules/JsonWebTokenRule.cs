using InfraGate.Plans.Redaction.Decoding;

namespace InfraGate.Plans.Redaction.Rules;

/// <summary>JWS and JWE in compact form (RFC 7515, RFC 7516), also cut after the payload has begun, also wrapped over lines.</summary>
internal sealed class JsonWebTokenRule() : CredentialRule("eyJ")
{
    private const int LongestHeader = 2048;
    private const int ShortestPayload = 8;
    private const int ShortestWrappedLine = 40;

    public override int Examine(ReadOnlySpan<char> text, int at, CredentialSpans found)
    {
        if (at > 0 && char.IsAsciiLetterOrDigit(text[at - 1]))
        {
            return at + 1;
        }

        var window = text[at..Math.Min(text.Length, at + LongestHeader)];
        var headerLength = HeaderLength(window, out var breaks);
        if (headerLength < 0 || !IsHeader(window[..headerLength]))
        {
            return at + 3;
        }

        var end = End(text, at + headerLength + 1, at, breaks);
        if (end - at - headerLength < ShortestPayload)
        {
            return end;
        }

        found.Add(at, end, IsServiceAccountToken(text[(at + headerLength + 1)..end]) ? CredentialKind.ServiceAccountToken : CredentialKind.Jwt);
        return end;
    }

    // The header ends at the first dot; line breaks before it are stepped over.
    private static int HeaderLength(ReadOnlySpan<char> window, out bool wrapped)
    {
        wrapped = false;
        var position = 0;
        while (position < window.Length)
        {
            var length = window[position..].IndexOfAnyExcept(CharacterSets.Base64Url);
            if (length < 0)
            {
                return -1;
            }

            position += length;
            if (window[position] == '.')
            {
                return position;
            }

            var next = WrappedRun.AfterBreak(window, position);
            if (next < 0)
            {
                return -1;
            }

            wrapped = true;
            position = next;
        }

        return -1;
    }

    private static int End(ReadOnlySpan<char> text, int position, int lineStart, bool wrapped)
    {
        while (true)
        {
            var length = text[position..].IndexOfAnyExcept(CharacterSets.JwtCompact);
            if (length < 0)
            {
                return text.Length;
            }

            position += length;
            var next = wrapped || position - lineStart >= ShortestWrappedLine ? WrappedRun.AfterBreak(text, position) : -1;
            if (next < 0 || !ContinuesToken(text, next))
            {
                return position;
            }

            lineStart = next;
            position = next;
        }
    }

    // The next line goes on with the token only if it is nothing but token.
    private static bool ContinuesToken(ReadOnlySpan<char> text, int start)
    {
        var length = text[start..].IndexOfAnyExcept(CharacterSets.JwtCompact);
        var end = length < 0 ? text.Length : start + length;
        var run = text[start..end];
        var closed = end == text.Length || text[end] is '\n' or '\r' or '\\' or '"' or '\'';
        return closed && run.Length >= 4 && (run.Length >= ShortestWrappedLine || run.ContainsAny(CharacterSets.Digit) || run.ContainsAny('-', '_'));
    }

    private static bool IsHeader(ReadOnlySpan<char> header)
    {
        var decoded = Decode(header);
        return decoded is not null
            && (decoded.Contains("\"alg\"", StringComparison.Ordinal) || decoded.Contains("\"typ\"", StringComparison.Ordinal) || decoded.Contains("\"kid\"", StringComparison.Ordinal));
    }

    private static bool IsServiceAccountToken(ReadOnlySpan<char> rest)
    {
        var dot = rest.IndexOf('.');
        var decoded = Decode(dot < 0 ? rest[..Math.Min(rest.Length, 4096)] : rest[..dot]);
        return decoded is not null
            && (decoded.Contains("kubernetes.io", StringComparison.Ordinal) || decoded.Contains("system:serviceaccount:", StringComparison.Ordinal));
    }

    private static string? Decode(ReadOnlySpan<char> part)
    {
        Span<char> joined = part.Length <= 4096 ? stackalloc char[part.Length] : new char[part.Length];
        var length = 0;
        foreach (var c in part)
        {
            if (CharacterSets.Base64Url.Contains(c))
            {
                joined[length++] = c;
            }
        }

        return Base64Text.Decode(joined[..length]);
    }
}
