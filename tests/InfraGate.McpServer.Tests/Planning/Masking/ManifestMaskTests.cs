using InfraGate.McpServer.Planning.Manifests;
using InfraGate.McpServer.Planning.Masking;
using InfraGate.Plans.Redaction;

namespace InfraGate.McpServer.Tests.Planning.Masking;

public sealed class ManifestMaskTests
{
    private const string Token = "ghp_0123456789abcdefghijklmnopqrstuvwxyzAB";
    private const string Header = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n";

    [Theory]
    [InlineData("data:\n  api_token: " + Token + "\n  mode: fast\n")]
    [InlineData("data:\n  api_token: \"" + Token + "\"\n  mode: fast\n")]
    [InlineData("data:\n  api_token: '" + Token + "' # kept\n  mode: fast\n")]
    [InlineData("data:\n  api_token: |\n    " + Token + "\n  mode: fast\n")]
    [InlineData("data:\n  api_token: >-\n    " + Token + "\n\n  mode: fast\n")]
    [InlineData("data: {api_token: " + Token + ",\n  mode: fast}\n")]
    [InlineData("data:\n  config.ini: |\n    color=blue\n    token=" + Token + "\n  mode: fast\n")]
    [InlineData("# token=" + Token + "\ndata:\n  mode: fast\n")]
    [InlineData("data:\n  one: &t " + Token + "\n  two: *t\n  mode: fast\n")]
    public void A_credential_is_replaced_where_it_stands_and_the_rest_stays_readable(string body)
    {
        var view = View(Header + body);

        view.ShouldNotContain(Token);
        view.ShouldContain("mode: fast");
        view.Split('\n').ShouldContain(line => line.TrimStart().StartsWith("mode: fast", StringComparison.Ordinal));
        view.ShouldStartWith(Header[..40]);
    }

    [Theory]
    [InlineData("command: [redis-cli, -a]\nargs: [hunter2X9, ping]\n")]
    [InlineData("command:\n- redis-cli\nargs:\n- -a\n- hunter2X9 # the old one\n- ping\n")]
    [InlineData("lifecycle: {preStop: {exec: {command: [mysqladmin, -phunter2X9, ping]}}}\n")]
    public void So_is_one_that_is_a_word_of_a_command_line(string container)
    {
        var view = View("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  template:\n    spec:\n      containers:\n      - name: web\n"
            + string.Concat(container.TrimEnd().Split('\n').Select(line => $"        {line}\n")));

        view.ShouldNotContain("hunter2X9");
        view.ShouldContain("sha256:");
        view.ShouldContain("ping");
    }

    [Fact]
    public void A_manifest_without_credentials_is_shown_byte_for_byte()
    {
        const string Text = Header + "data:\n  mode: fast # why not\n  text: |\n    a\n      b\n";

        View(Text).ShouldBe(Text);
    }

    [Fact]
    public void The_same_credential_has_the_same_fingerprint_and_another_one_another()
    {
        var view = View(Header + $"data:\n  one_token: {Token}\n  two_token: {Token}\n  six_token: {Token.Replace('A', 'C')}\n");

        var prints = view.Split('\n').Where(line => line.Contains("_token:")).Select(line => line.Split(": ", 2)[1]).ToArray();
        prints[0].ShouldBe(prints[1]);
        prints[2].ShouldNotBe(prints[0]);
    }

    private static string View(string text) => ManifestMask.View(new CredentialDetector(), new ManifestParser(TimeProvider.System).Parse(text, "shop"));
}
