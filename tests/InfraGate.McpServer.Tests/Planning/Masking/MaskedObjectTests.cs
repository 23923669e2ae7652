using System.Text.Json.Nodes;
using InfraGate.McpServer.Planning.Masking;
using InfraGate.Plans.Redaction;

namespace InfraGate.McpServer.Tests.Planning.Masking;

/// <summary>Annotations that hold the whole object again.</summary>
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

    private static string View(JsonObject found, JsonObject? sent) => MaskedObject.Of(new CredentialDetector(), found, sent).View();

    private static JsonObject Annotated(string kind) => new()
    {
        ["kind"] = kind,
        ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { ["owner"] = "team-a", ["kapp.k14s.io/original"] = Copy } },
    };
}
