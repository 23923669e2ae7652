using System.Text;
using InfraGate.Plans.Redaction;

namespace InfraGate.Plans.Tests.Redaction;

public sealed class CredentialDetectorTests
{
    private const string GitHubToken = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";

    private readonly CredentialDetector detector = new();

    [Fact]
    public void Text_without_credentials_comes_back_as_the_same_instance()
    {
        const string Line = "10.244.0.1 - - \"GET /healthz HTTP/1.1\" 200 2";
        detector.Redact(Line).ShouldBeSameAs(Line);
        detector.Find(Line).ShouldBeEmpty();
        detector.Contains(Line).ShouldBeFalse();
    }

    [Theory]
    [InlineData("password=hunter2 user=app", "password=[redacted:password] user=app")]
    [InlineData("postgres://app:hunter2@db:5432/orders", "postgres://app:[redacted:connection-string]@db:5432/orders")]
    [InlineData("https://bot:hunter2@git.example.com/x.git", "https://bot:[redacted:url-password]@git.example.com/x.git")]
    [InlineData("Server=db;User Id=sa;Password=p w,d;Encrypt=true", "Server=db;User Id=sa;Password=[redacted:connection-string];Encrypt=true")]
    [InlineData("Authorization: Basic dXNlcjpodW50ZXIy", "Authorization: Basic [redacted:basic-auth]")]
    [InlineData("Cookie: sid=abc123; theme=dark", "Cookie: [redacted:cookie]")]
    [InlineData("token " + GitHubToken + " leaked", "token [redacted:github-token] leaked")]
    [InlineData("a " + GitHubToken + " b api_key=0123456789abcdef c", "a [redacted:github-token] b api_key=[redacted:api-key] c")]
    [InlineData("{\"clientSecret\":\"letmein\",\"port\":1}", "{\"clientSecret\":\"[redacted:secret]\",\"port\":1}")]
    [InlineData("web args=--password,hunter2X9 ports=80/TCP", "web args=--password,[redacted:password] ports=80/TCP")]
    public void A_credential_is_replaced_by_its_kind_and_nothing_else_is(string text, string redacted) => detector.Redact(text).ShouldBe(redacted);

    [Theory]
    [InlineData("flags --user,--password,--verbose are new")]
    [InlineData("use --password, never a file")]
    [InlineData("args=--password,$(DB_PASSWORD),--verbose")]
    [InlineData("args=--password,sha256:2cf24dba5fb0 (5 characters)")]
    public void A_comma_after_a_flag_makes_no_credential_of_what_is_none(string text) => detector.Redact(text).ShouldBe(text);

    [Fact]
    public void Spans_are_in_order_and_do_not_overlap()
    {
        var text = $"password=postgres://a:b@c token={GitHubToken} password%3Dhunter2 " + Convert.ToBase64String(Encoding.UTF8.GetBytes("password=hunter2 user=app"));
        var spans = detector.Find(text);
        spans.Count.ShouldBeGreaterThanOrEqualTo(4);
        spans.Zip(spans.Skip(1)).ShouldAllBe(pair => pair.First.End <= pair.Second.Start);
        spans.ShouldAllBe(span => span.Length > 0 && span.End <= text.Length);
    }

    [Fact]
    public void A_block_of_text_under_a_telling_name_is_hidden_to_its_last_line() =>
        detector.Redact("password: |\n  first\n  second\nport: 1").ShouldBe("password: |\n  [redacted:password]\nport: 1");

    [Theory]
    [InlineData("clientSecret", "hunter2", CredentialKind.Secret)]
    [InlineData("--password", "hunter2", CredentialKind.Password)]
    [InlineData("Authorization", "Bearer 0123456789abcdef", CredentialKind.BearerToken)]
    public void A_property_is_judged_by_its_name(string name, string value, CredentialKind kind) => detector.KindOf(name, value).ShouldBe(kind);

    [Theory]
    [InlineData("secretName", "db-credentials")]
    [InlineData("token", "must not be empty")]
    [InlineData("authorization", "enabled")]
    [InlineData("message", "password=hunter2")]
    public void A_property_whose_name_tells_nothing_is_left_to_its_text(string name, string value) => detector.KindOf(name, value).ShouldBeNull();

    [Fact]
    public void Every_kind_has_its_own_name()
    {
        var names = Enum.GetValues<CredentialKind>().Select(kind => kind.Slug()).ToList();
        names.ShouldBeUnique();
        names.ShouldAllBe(name => name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'));
    }

    [Fact]
    public void A_placeholder_is_not_taken_for_a_credential()
    {
        foreach (var kind in Enum.GetValues<CredentialKind>())
        {
            detector.Redact($"password={kind.Placeholder()} token: {kind.Placeholder()}").ShouldBe($"password={kind.Placeholder()} token: {kind.Placeholder()}");
        }
    }

    [Fact]
    public void Any_text_at_all_is_searched_without_a_fault()
    {
        const string Alphabet = "password=token:\"'\\{}[]<>;,&%=-_./:@ \n\r\t\u001b\u200b\u202e\uD83D\uDE00AKIAeyJghp_0189$#|!~Q~-----BEGIN PRIVATE KEY-----";
        var random = new Random(20261120);
        for (var round = 0; round < 3000; round++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(200)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);
            var spans = detector.Find(text);
            spans.ShouldAllBe(span => span.Start >= 0 && span.Length > 0 && span.End <= text.Length);
            spans.Zip(spans.Skip(1)).ShouldAllBe(pair => pair.First.End <= pair.Second.Start);
        }
    }
}
