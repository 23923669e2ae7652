using InfraGate.McpServer.Inspection;
using InfraGate.McpServer.Kubernetes.Models;
using InfraGate.McpServer.Tests.Support;

namespace InfraGate.McpServer.Tests.Inspection;

public sealed class BoundedTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("  short ", "short")]
    [InlineData("two\r\nlines", "two lines")]
    [InlineData("0123456789", "0123456789")]
    [InlineData("0123456789a", "0123456789...")]
    [InlineData("012345678\U0001F600", "012345678...")]
    public void A_text_becomes_one_line_of_the_given_length(string? text, string shown) => Bounded.Text(text, 10).ShouldBe(shown);

    [Fact]
    public void A_credential_is_replaced_before_the_text_is_cut() =>
        Bounded.Text(LongText.WithPasswordAt(300)).ShouldNotContain(LongText.PasswordStart);

    [Fact]
    public void The_command_of_a_probe_is_not_cut_in_the_middle_of_a_credential() =>
        Describe.Probe(new Probe { Exec = new ExecProbe(["sh", "-c", LongText.WithPasswordAt(74)]) }).ShouldNotContain(LongText.PasswordStart);
}
