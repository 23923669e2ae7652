using InfraGate.Plans.Redaction;

namespace InfraGate.Plans.Tests.Redaction;

public sealed class LooksSecretTests
{
    private readonly CredentialDetector detector = new();

    [Theory]
    [InlineData("DB_PASSWORD", "hunter2")]
    [InlineData("db.password", "correct horse battery staple")]
    [InlineData("POSTGRES_PASSWORD", "password")]
    [InlineData("REDIS_PASS", "abc")]
    [InlineData("clientSecret", "s3cr3t-value")]
    [InlineData("API_KEY", "0123456789abcdef")]
    [InlineData("SECRET_KEY_BASE", "aaaabbbbccccdddd1")]
    [InlineData("GITHUB_TOKEN", "whatever-it-is")]
    [InlineData("DATABASE_URL", "postgres://app:hunter2@db:5432/orders")]
    [InlineData("CONNECTION", "Server=db;User Id=sa;Password=Str0ng;")]
    [InlineData("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")]
    [InlineData("nginx.htpasswd", "admin:$apr1$ruca84Hq$mbjdMZBAG.KWn7vfN/SNK/")]
    [InlineData("PASSWORD_1", "hunter2")]
    public void A_secret_is_recognised_by_its_name_or_its_form(string name, string value) => detector.LooksSecret(name, value).ShouldBeTrue();

    [Theory]
    [InlineData("LOG_LEVEL", "debug")]
    [InlineData("TOKEN_TTL", "3600")]
    [InlineData("PASSWORD_FILE", "/run/secrets/db")]
    [InlineData("SECRET_NAME", "db-credentials")]
    [InlineData("TLS_SECRET", "ingress-tls")]
    [InlineData("MAX_TOKENS", "4096")]
    [InlineData("PUBLIC_KEY", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHk9")]
    [InlineData("GIT_SHA", "9fceb02d0ae598e95dc970b74767f19372d61af8")]
    [InlineData("IMAGE", "nginx@sha256:0d17b565c37bcbd895e9d92315a05c1c3c9a29f762b011a10c54a66cd53c9b31")]
    [InlineData("DB_PASSWORD", "$(DB_PASSWORD_FROM_VAULT)")]
    [InlineData("DB_PASSWORD", "${DB_PASSWORD}")]
    [InlineData("DATABASE_URL", "postgres://db:5432/orders")]
    [InlineData("index.html", "<html><body>It works!</body></html>")]
    public void An_ordinary_setting_is_not_secret(string name, string value) => detector.LooksSecret(name, value).ShouldBeFalse();

    [Theory]
    [InlineData("DB_PASSWORD", true)]
    [InlineData("API_KEY", true)]
    [InlineData("LOG_LEVEL", false)]
    [InlineData("TLS_SECRET_NAME", false)]
    public void A_name_alone_is_judged_when_its_value_is_not_known(string name, bool secret) => detector.LooksSecret(name, value: null).ShouldBe(secret);
}
