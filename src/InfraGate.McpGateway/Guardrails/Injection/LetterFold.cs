using System.Buffers;

namespace InfraGate.McpGateway.Guardrails.Injection;

/// <summary>Writes look-alike letters (full-width, Cyrillic, Greek) as the Latin ones they pass for, one for one, so that places in the text stay the same.</summary>
internal static class LetterFold
{
    private const string From = "абвеѕіјкмнорсԁтухհցɡոѵԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧαινορτυАВЕЅІЈКМНОРСТУХ’ʼ";
    private const string To = "a6besijkmhopcdtyxhggnvwABEZHIKMNOPTYXaivoptuABESIJKMHOPCTYX''";

    private static readonly SearchValues<char> LookAlikes = SearchValues.Create(From + FullWidth());

    /// <summary>The folded text; the same instance when there is nothing to fold.</summary>
    public static string Fold(string text)
    {
        var first = text.AsSpan().IndexOfAny(LookAlikes);
        return first < 0 ? text : string.Create(text.Length, text, static (folded, source) =>
        {
            for (var i = 0; i < folded.Length; i++)
            {
                folded[i] = Fold(source[i]);
            }
        });
    }

    private static char Fold(char c)
    {
        if (c < 0x80)
        {
            return c;
        }

        if (c is >= '\uFF01' and <= '\uFF5E')
        {
            return (char)(c - 0xFEE0);
        }

        var index = From.IndexOf(c, StringComparison.Ordinal);
        return index < 0 ? c : To[index];
    }

    private static string FullWidth() => string.Concat(Enumerable.Range(0xFF01, 0x5E).Select(code => (char)code));
}
