using System.Text;
using InfraGate.Plans.Redaction.Hidden;

namespace InfraGate.Plans.Tests.Redaction.Hidden;

public sealed class HiddenTextTests
{
    [Theory]
    [InlineData("\u001b[31;1mred\u001b[0m", "red")]
    [InlineData("\u009b31mred", "red")]
    [InlineData("\u001b]0;title\u0007shown", "shown")]
    [InlineData("\u001b]8;;https://evil.example\u001b\\link\u001b]8;;\u001b\\", "link")]
    [InlineData("\u001b]never closed", "never closed")]
    [InlineData("\u001b(Bplain", "plain")]
    [InlineData("a\u0000b\u0008c\u007fd", "abcd")]
    [InlineData("zero\u200b\u200c\u200d\u2060\ufeffwidth", "zerowidth")]
    [InlineData("so\u00adft", "soft")]
    [InlineData("\u202eflip\u202c \u2066x\u2069", "flip x")]
    [InlineData("x\U000e0049\U000e0047\U000e004e", "x")]
    [InlineData("a\ufe00\ufe01b", "ab")]
    [InlineData("over\rwritten", "over\nwritten")]
    [InlineData("one\u2028two", "one\ntwo")]
    public void What_a_reader_cannot_see_is_removed(string text, string visible)
    {
        HiddenText.Remove(text, out var counts).ShouldBe(visible);
        counts.Total.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("plain text,\ttabs\nand lines")]
    [InlineData("日本語 café naïve Ελληνικά")]
    [InlineData("✅ done ⚠️ 👩 🎉")]
    [InlineData("")]
    public void Visible_text_comes_back_as_the_same_instance(string text)
    {
        HiddenText.Remove(text, out var counts).ShouldBeSameAs(text);
        counts.Total.ShouldBe(0);
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_no_character() => HiddenText.Remove("half" + (char)0xD800 + " pair", out _).ShouldBe("half pair");

    [Fact]
    public void A_windows_line_end_becomes_a_plain_one_and_is_no_finding()
    {
        HiddenText.Remove("one\r\ntwo", out var counts).ShouldBe("one\ntwo");
        counts.Total.ShouldBe(0);
    }

    [Fact]
    public void What_was_removed_is_counted_by_sort()
    {
        HiddenText.Remove("\u001b[0m\u0001\u200b\u200b\u202e\U000e0041", out var counts);
        counts.ShouldBe(new HiddenCounts(Escape: 1, Control: 1, Invisible: 2, Bidirectional: 1, Tag: 1));
    }

    [Fact]
    public void Every_tag_character_and_every_direction_mark_is_known()
    {
        Enumerable.Range(0xE0000, 0x80).ShouldAllBe(code => HiddenText.Classify(new Rune(code)) == HiddenKind.Tag);
        new[] { 0x061C, 0x200E, 0x200F, 0x202A, 0x202E, 0x2066, 0x2069 }.ShouldAllBe(code => HiddenText.Classify(new Rune(code)) == HiddenKind.Bidirectional);
    }
}
