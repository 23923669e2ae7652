using System.Diagnostics;
using InfraGate.Plans.Redaction;

namespace InfraGate.Plans.Tests.Redaction;

/// <summary>Credentials in command lines that are lists of words.</summary>
public sealed class CommandSearchTests
{
    private readonly CredentialDetector detector = new();

    [Theory]
    [InlineData("web|--password|hunter2X9", "web|--password|[redacted:password]")]
    [InlineData("web|--token|whatever-it-is|--verbose", "web|--token|[redacted:token]|--verbose")]
    [InlineData("redis-server|--requirepass|S3cretPass1", "redis-server|--requirepass|[redacted:password]")]
    [InlineData("web|--db-password=hunter2X9", "web|--db-password=[redacted:password]")]
    [InlineData("web|--db/password|hunter2X9", "web|--db/password|[redacted:password]")]
    [InlineData("redis-cli|-a|S3cretPass1|ping", "redis-cli|-a|[redacted:password]|ping")]
    [InlineData("/usr/bin/curl|-fsS|-u|admin:S3cret|http://db:9200/", "/usr/bin/curl|-fsS|-u|admin:[redacted:password]|http://db:9200/")]
    [InlineData("mysqladmin|-uroot|-pS3cret|ping", "mysqladmin|-uroot|-p[redacted:password]|ping")]
    [InlineData("sshpass|-p|S3cret|ssh|host", "sshpass|-p|[redacted:password]|ssh|host")]
    [InlineData("docker|login|-u|me|-p|S3cret", "docker|login|-u|me|-p|[redacted:password]")]
    [InlineData("web|--proxy-authorization|Bearer 0123456789abcdef", "web|--proxy-authorization|[redacted:bearer-token]")]
    [InlineData("redis-server|requirepass|S3cret", "redis-server|requirepass|[redacted:password]")]
    public void A_credential_is_found_by_its_word_its_option_and_its_command(string words, string redacted) => Redacted(words).ShouldBe(redacted);

    [Theory]
    [InlineData("web|--password|$(DB_PASSWORD)|--token-file|/run/secrets/token")]
    [InlineData("mysqladmin|-p$(DB_PASSWORD)|ping")]
    [InlineData("redis-cli|-a|$(REDIS_PASSWORD)|ping")]
    [InlineData("tail|-a|S3cretPass1")]
    [InlineData("nginx|-g|daemon off;")]
    [InlineData("web|--port|8080|--verbose")]
    [InlineData("")]
    public void A_reference_and_another_commands_option_are_none(string words) => Redacted(words).ShouldBe(words);

    [Fact]
    public void A_word_ends_where_the_list_says() =>
        Redacted("redis-cli|-a|two words, and more|ping").ShouldBe("redis-cli|-a|[redacted:password]|ping");

    [Fact]
    public void The_value_of_a_header_hides_nothing_that_comes_after_it() =>
        Redacted("curl|-H|Cookie: sid=abc123|http://web/|-o|/etc/cron.d/job").ShouldBe("curl|-H|Cookie: [redacted:cookie]|http://web/|-o|/etc/cron.d/job");

    [Fact]
    public void Nor_does_a_credential_in_one_word_keep_another_from_being_found() =>
        Redacted("curl|-H|Cookie: sid=abc123|-u|admin:S3cret").ShouldBe("curl|-H|Cookie: [redacted:cookie]|-u|admin:[redacted:password]");

    [Fact]
    public void A_script_is_judged_by_itself_and_the_words_around_it_as_if_it_were_short()
    {
        var script = "echo\n" + string.Join('\n', Enumerable.Repeat("cp -p a b", 100));
        Redacted($"redis-cli|--eval|{script}|-a|S3cretPass1").ShouldBe($"redis-cli|--eval|{script}|-a|[redacted:password]");
    }

    [Fact]
    public void A_long_word_does_not_part_a_command_from_its_option()
    {
        var body = "{" + string.Join(',', Enumerable.Range(0, 60).Select(number => $"\"field{number}\":{number}")) + "}";
        Redacted($"curl|-d|{body}|-u|admin:S3cret").ShouldBe($"curl|-d|{body}|-u|admin:[redacted:password]");
    }

    [Theory]
    [InlineData("word")]
    [InlineData("--password")]
    [InlineData("redis-cli")]
    [InlineData("Cookie:")]
    [InlineData("password:")]
    public void The_time_grows_with_the_length_of_the_line_only(string word)
    {
        // Twenty times as many words may take twenty times as long, not four hundred times; the least of several runs leaves the machine's other work out.
        var (few, many) = (Shortest(word, 5_000), Shortest(word, 100_000));
        (many / few).ShouldBeLessThan(100);
    }

    private double Shortest(string word, int count)
    {
        var words = Enumerable.Repeat(word, count).ToList();
        return Enumerable.Range(0, 4).Min(_ =>
        {
            var watch = Stopwatch.StartNew();
            detector.FindInCommand(words);
            return watch.Elapsed.TotalMilliseconds;
        });
    }

    private string Redacted(string words)
    {
        var list = words.Split('|');
        return string.Join('|', list.Zip(detector.FindInCommand(list), CredentialDetector.Redact));
    }
}
