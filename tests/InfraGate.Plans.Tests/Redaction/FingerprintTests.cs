using InfraGate.Plans.Redaction;

namespace InfraGate.Plans.Tests.Redaction;

public sealed class FingerprintTests
{
    [Fact]
    public void A_fingerprint_is_twelve_digits_of_the_hash_and_the_length() =>
        Fingerprint.Of("hello").ShouldBe("sha256:2cf24dba5fb0 (5 characters)");

    [Fact]
    public void The_same_value_has_the_same_fingerprint_and_another_has_another()
    {
        Fingerprint.Of("one").ShouldBe(Fingerprint.Of("one"));
        Fingerprint.Of("one").ShouldNotBe(Fingerprint.Of("two"));
    }

    [Fact]
    public void A_fingerprint_under_a_telling_name_is_not_hidden_again()
    {
        var line = $"DB_PASSWORD: {Fingerprint.Of("correct horse")}";
        new CredentialDetector().Redact(line).ShouldBe(line);
    }
}
