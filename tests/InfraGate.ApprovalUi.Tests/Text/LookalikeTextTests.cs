using InfraGate.ApprovalUi.Text;

namespace InfraGate.ApprovalUi.Tests.Text;

public sealed class LookalikeTextTests
{
    [Theory]
    [InlineData("docker.io/library/nginx:1.27", "docker.io/library/nginx:1.27")]
    [InlineData("Grüße, Zoë – “fine” 100 €", "Grüße, Zoë – “fine” 100 €")]
    [InlineData("Привет, мир", "Привет, мир")]
    [InlineData("日本語のラベル", "日本語のラベル")]
    [InlineData("再起動します。", "再起動します。")]
    [InlineData("Работа с данными", "Работа с данными")]
    [InlineData("για να είναι", "για να είναι")]
    [InlineData("🚀 done ❤\uFE0F", "🚀 done ❤\uFE0F")]
    [InlineData("line one\n\tline two", "line one\n\tline two")]
    public void Ordinary_text_of_any_language_stays_as_it_is(string text, string shown) => Shown(text).ShouldBe(shown);

    [Theory]
    [InlineData("ng\u0456nx", "ng\u0456[U+0456]nx", "letter of another script")]
    [InlineData("\u0430pi", "\u0430[U+0430]pi", "letter of another script")]
    [InlineData("\u03bf\u03bf1", "\u03bf[U+03BF]\u03bf[U+03BF]1", "letter of another script")]
    [InlineData("g\u0131t", "g\u0131[U+0131]t", "letter of another script")]
    [InlineData("\uff41dmin", "\uff41[U+FF41]dmin", "letter of another script")]
    [InlineData("\U0001d41aki", "\U0001d41a[U+1D41A]ki", "letter of another script")]
    [InlineData("a\u202eb", "a[U+202E]b", "changes the direction of text")]
    [InlineData("a\u2066b", "a[U+2066]b", "changes the direction of text")]
    [InlineData("a\u061cb", "a[U+061C]b", "changes the direction of text")]
    [InlineData("a\u200bb", "a[U+200B]b", "invisible character")]
    [InlineData("a\u200db", "a[U+200D]b", "invisible character")]
    [InlineData("a\ufeffb", "a[U+FEFF]b", "invisible character")]
    [InlineData("a\u00adb", "a[U+00AD]b", "invisible character")]
    [InlineData("a\u3164b", "a[U+3164]b", "invisible character")]
    [InlineData("a\U000e0041b", "a[U+E0041]b", "invisible character")]
    [InlineData("a\u00a0b", "a[U+00A0]b", "unusual space")]
    [InlineData("a\u2003b", "a[U+2003]b", "unusual space")]
    [InlineData("a\u2028b", "a[U+2028]b", "line separator")]
    [InlineData("a\u0000b", "a[U+0000]b", "control character")]
    [InlineData("a\u001b[31mb", "a[U+001B][31mb", "control character")]
    [InlineData("a\rb", "a[U+000D]b", "control character")]
    [InlineData("a\u0301b", "a[U+0301]b", "combining mark")]
    [InlineData("https://a.example\u2215x\u2024b.example/", "https://a.example\u2215[U+2215]x\u2024[U+2024]b.example/", "looks like /")]
    [InlineData("a\uff20b", "a\uff20[U+FF20]b", "looks like @")]
    [InlineData("\u0441\u0441\u0441\u0441", "\u0441[U+0441]\u0441[U+0441]\u0441[U+0441]\u0441[U+0441]", "letter of another script")]
    [InlineData("sma\u217cl", "sma\u217c[U+217C]l", "letter of another script")]
    [InlineData("a\ue000b", "a[U+E000]b", "character without a meaning")]
    public void What_deceives_the_eye_is_named_by_its_code_point(string text, string shown, string warning)
    {
        Shown(text).ShouldBe(shown);
        LookalikeText.Reveal(text).First(piece => piece.Warning is not null).Warning.ShouldBe(warning);
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_named() => Shown("a\ud800b").ShouldBe("a[U+FFFD]b");

    [Fact]
    public void Nothing_of_the_text_is_lost()
    {
        var text = "x\u202e" + string.Concat(Enumerable.Range(0x20, 0x500).Select(code => char.ConvertFromUtf32(code))) + "\U0001f600";

        var shown = Shown(text);

        foreach (var rune in text.EnumerateRunes())
        {
            (shown.Contains(rune.ToString(), StringComparison.Ordinal) || shown.Contains($"[U+{rune.Value:X4}]", StringComparison.Ordinal)).ShouldBeTrue($"U+{rune.Value:X4}");
        }
    }

    private static string Shown(string text) => string.Concat(LookalikeText.Reveal(text).Select(piece => piece.Text));
}
