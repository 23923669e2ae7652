using System.Text.Json.Nodes;
using InfraGate.McpServer.Planning.Masking;
using InfraGate.Plans.Redaction;

namespace InfraGate.McpServer.Tests.Planning.Masking;

/// <summary>What an object's view hides: annotations that hold the whole object again, and credentials in command lines.</summary>
public sealed class MaskedObjectTests
{
    private const string Copy = """{"apiVersion":"v1","kind":"ConfigMap","data":{"greeting":"good morning"}}""";

    [Fact]
    public void A_copy_of_a_manifest_that_lives_in_the_cluster_is_shown_as_a_fingerprint()
    {
        var view = View(Annotated("ConfigMap"), sent: null);

        view.ShouldNotContain("good morning");
        view.ShouldContain("sha256:");
        view.ShouldContain("team-a");
    }

    [Fact]
    public void So_is_one_in_the_template_of_a_deployment()
    {
        var deployment = new JsonObject { ["kind"] = "Deployment", ["spec"] = new JsonObject { ["template"] = Annotated("Pod") } };

        View(deployment, sent: null).ShouldNotContain("good morning");
    }

    [Fact]
    public void One_that_the_request_brings_is_what_will_run_and_is_shown() =>
        View(Annotated("ConfigMap"), sent: Annotated("ConfigMap")).ShouldContain("good morning");

    [Fact]
    public void One_that_the_request_replaces_stays_hidden()
    {
        var sent = Annotated("ConfigMap");
        sent["metadata"]!["annotations"]!["kapp.k14s.io/original"] = "{}";

        View(Annotated("ConfigMap"), sent).ShouldNotContain("good morning");
    }

    [Theory]
    [InlineData("""{"command":["web"],"args":["--password","hunter2X9"]}""", "hunter2X9")]
    [InlineData("""{"command":["web","--token"],"args":["hunter2X9"]}""", "hunter2X9")]
    [InlineData("""{"command":["redis-cli"],"args":["-a","S3cretPass1"]}""", "S3cretPass1")]
    [InlineData("""{"command":["curl","-u","admin:S3cret","http://db/"]}""", "S3cret")]
    [InlineData("""{"livenessProbe":{"exec":{"command":["mysqladmin","-pS3cret","ping"]}}}""", "S3cret")]
    [InlineData("""{"lifecycle":{"preStop":{"exec":{"command":["redis-cli","-a","S3cretPass1","shutdown"]}}}}""", "S3cretPass1")]
    public void A_credential_that_is_a_word_of_a_command_line_is_hidden(string container, string secret)
    {
        var view = View(Running(container), sent: null);

        view.ShouldNotContain(secret);
        view.ShouldContain("sha256:");
    }

    [Theory]
    [InlineData("""{"command":["redis-cli","-a","$(REDIS_PASSWORD)","ping"]}""")]
    [InlineData("""{"command":["curl","-fsS","http://web/"],"args":["-o","/tmp/x"]}""")]
    public void Other_command_lines_are_shown(string container) => View(Running(container), sent: null).ShouldContain(container[1..^1]);

    [Fact]
    public void Of_a_script_in_a_command_line_only_the_credential_is_hidden()
    {
        var view = View(Running("""{"command":["sh","-c","set -e\nredis-cli -a S3cretPass1 ping\necho done"]}"""), sent: null);

        view.ShouldNotContain("S3cretPass1");
        view.ShouldContain("echo done");
    }

    [Fact]
    public void A_config_map_with_a_command_line_in_the_wrong_place_hides_it_all_the_same() =>
        View(JsonNode.Parse("""{"kind":"ConfigMap","args":["--password","hunter2X9"]}""")!.AsObject(), sent: null).ShouldNotContain("hunter2X9");

    private static JsonObject Running(string container) => new()
    {
        ["kind"] = "Deployment",
        ["spec"] = new JsonObject { ["template"] = new JsonObject { ["spec"] = new JsonObject { ["containers"] = new JsonArray(JsonNode.Parse(container)) } } },
    };

    private static string View(JsonObject found, JsonObject? sent) => MaskedObject.Of(new CredentialDetector(), found, sent).View();

    private static JsonObject Annotated(string kind) => new()
    {
        ["kind"] = kind,
        ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { ["owner"] = "team-a", ["kapp.k14s.io/original"] = Copy } },
    };
}
