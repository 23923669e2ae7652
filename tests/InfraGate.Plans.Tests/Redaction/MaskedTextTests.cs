using InfraGate.Plans.Redaction;

namespace InfraGate.Plans.Tests.Redaction;

public sealed class MaskedTextTests
{
    private static readonly string s_mark = Fingerprint.Of("hunter2");

    [Theory]
    [InlineData("")]
    [InlineData("nginx:1.27")]
    [InlineData("Grüße 🚀\nzweite Zeile")]
    [InlineData("sha256:0123456789ab (3 characters)")]
    public void A_text_shows_itself_and_is_shown_by_its_fingerprint(string text)
    {
        MaskedText.Shows(text, text).ShouldBeTrue();
        MaskedText.Shows(Fingerprint.Of(text), text).ShouldBeTrue();
        MaskedText.Shows(text + "x", text).ShouldBeFalse();
        MaskedText.Shows("x" + text, text).ShouldBeFalse();
    }

    [Fact]
    public void Parts_may_be_hidden_where_they_stand()
    {
        const string File = "user = admin\npassword = hunter2\nagain = hunter2";

        MaskedText.Shows($"user = admin\npassword = {s_mark}\nagain = {s_mark}", File).ShouldBeTrue();
        MaskedText.Shows($"user = admin\npassword = {s_mark}\nagain = hunter2", File).ShouldBeTrue();
        MaskedText.Shows($"user = root\npassword = {s_mark}\nagain = {s_mark}", File).ShouldBeFalse();
        MaskedText.Shows($"user = admin\npassword = {s_mark}", File).ShouldBeFalse("the end is missing");
        MaskedText.Shows($"password = {s_mark}\nuser = admin\nagain = {s_mark}", File).ShouldBeFalse();
    }

    [Theory]
    [InlineData("hunter3")]
    [InlineData("hunter22")]
    [InlineData("hunter")]
    [InlineData("")]
    public void The_fingerprint_of_something_else_hides_nothing(string text) => MaskedText.Shows(s_mark, text).ShouldBeFalse();

    [Theory]
    [InlineData("sha256:f52fbd32b2b3 (999999999 characters)")]
    [InlineData("sha256:f52fbd32b2b3 (0 characters)")]
    [InlineData("sha256:f52fbd32b2b3 (07 characters)")]
    [InlineData("sha256:F52FBD32B2B3 (7 characters)")]
    public void A_mark_that_no_fingerprint_has_hides_nothing(string mark) => MaskedText.Shows(mark, "hunter2").ShouldBeFalse();
}
