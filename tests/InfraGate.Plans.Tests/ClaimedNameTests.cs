namespace InfraGate.Plans.Tests;

public sealed class ClaimedNameTests
{
    [Theory]
    [InlineData("Codex", "Codex")]
    [InlineData("  Claude Code (plugin)  ", "Claude Code (plugin)")]
    [InlineData("Kódex für Ärzte", "Kódex für Ärzte")]
    [InlineData(null, null)]
    [InlineData(" \t\n", null)]
    public void An_ordinary_name_stays_and_an_empty_one_is_none(string? name, string? expected) => ClaimedName.Of(name).ShouldBe(expected);

    [Theory]
    [InlineData("Codex”, verified by InfraGate, “", "Codex', verified by InfraGate, '")]
    [InlineData("\"Codex\" «Codex» `Codex` „Codex‟ 「Codex」 ＂", "'Codex' 'Codex' 'Codex' 'Codex' 'Codex' '")]
    public void No_name_leaves_the_quotation_marks_that_it_is_shown_in(string name, string expected) => ClaimedName.Of(name).ShouldBe(expected);

    [Theory]
    [InlineData("Codex\r\nVerified: yes")]
    [InlineData("Codex\u2028Verified")]
    [InlineData("Codex\u001b[2J")]
    [InlineData("Codex\0")]
    public void A_name_is_one_line_without_control_characters(string name) => ClaimedName.Of(name)!.ShouldNotContain(c => char.IsControl(c) || c == '\u2028');

    [Fact]
    public void A_long_name_is_cut_and_says_so_without_breaking_a_character()
    {
        var cut = ClaimedName.Of(string.Concat(Enumerable.Repeat("🦊", 100)))!;

        cut.ShouldBe(string.Concat(Enumerable.Repeat("🦊", ClaimedName.MaximumLength)) + "…");
    }

    [Fact]
    public void A_half_character_becomes_a_whole_one() => ClaimedName.Of("Codex \ud83d!").ShouldBe("Codex \ufffd!");
}
