using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using InfraGate.McpServer.Inspection.Resources;
using InfraGate.McpServer.Tests.Support;

namespace InfraGate.McpServer.Tests.Inspection.Resources;

/// <summary>What the view of one object hides.</summary>
public sealed class ResourceReaderTests
{
    private const string Copy = """{"apiVersion":"v1","kind":"ConfigMap","data":{"greeting":"good morning"}}""";

    public static TheoryData<string, string> Copies => new()
    {
        { "kapp.k14s.io/original", Copy },
        { "objectset.rio.cattle.io/applied", Packed(Copy) },
        { "example.com/base64", Convert.ToBase64String(Encoding.UTF8.GetBytes(Copy)) },
    };

    [Theory]
    [MemberData(nameof(Copies))]
    public async Task A_copy_of_a_manifest_in_an_annotation_is_shown_as_a_fingerprint(string name, string value)
    {
        var view = await ViewAsync("Service", new JsonObject { ["metadata"] = Metadata(name, value), ["spec"] = new JsonObject() });

        view.Annotations!["owner"].ShouldBe("team-a");
        view.Annotations[name].ShouldStartWith("sha256:");
    }

    [Theory]
    [MemberData(nameof(Copies))]
    public async Task Of_a_config_maps_annotations_there_are_keys_and_sizes_only(string name, string value)
    {
        var view = await ViewAsync("ConfigMap", new JsonObject { ["metadata"] = Metadata(name, value), ["data"] = new JsonObject { ["greeting"] = "good morning" } });

        view.Annotations!["owner"].ShouldBe("6 characters");
        view.Annotations[name].ShouldBe($"{value.Length} characters");
    }

    [Fact]
    public async Task A_conditions_message_is_not_cut_in_the_middle_of_a_credential()
    {
        var view = await ViewAsync("Deployment", new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "web" },
            ["spec"] = new JsonObject { ["template"] = new JsonObject { ["spec"] = new JsonObject() } },
            ["status"] = new JsonObject { ["conditions"] = new JsonArray(new JsonObject { ["type"] = "Available", ["status"] = "False", ["message"] = LongText.WithPasswordAt(160) }) },
        });

        view.Workload!.Conditions!.ShouldHaveSingleItem().ShouldNotContain(LongText.PasswordStart);
    }

    [Theory]
    [InlineData("""{"configMap":{"name":"settings"}}""", "ConfigMap/settings")]
    [InlineData("""{"secret":{"secretName":"keys"}}""", "Secret/keys")]
    [InlineData("""{"persistentVolumeClaim":{"claimName":"disk"}}""", "PersistentVolumeClaim/disk")]
    [InlineData("""{"hostPath":{"path":"/var/log"}}""", "hostPath /var/log")]
    [InlineData("""{"emptyDir":{}}""", "emptyDir")]
    [InlineData("""{"projected":{"sources":[]}}""", "projected")]
    [InlineData("""{"downwardAPI":{"items":[]}}""", "downwardAPI")]
    [InlineData("""{"image":{"reference":"registry.local/model:1.0.0"}}""", "image registry.local/model:1.0.0")]
    [InlineData("""{"nfs":{"server":"files","path":"/"}}""", "other")]
    public async Task A_volume_is_told_by_what_it_brings_into_the_Pod(string source, string told)
    {
        var volume = JsonNode.Parse(source)!.AsObject();
        volume["name"] = "data";
        var view = await ViewAsync("Deployment", new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "web" },
            ["spec"] = new JsonObject { ["template"] = new JsonObject { ["spec"] = new JsonObject { ["volumes"] = new JsonArray(volume) } } },
        });

        view.Workload!.Template!.Volumes.ShouldBe([$"data {told}"]);
    }

    private static async Task<ResourceView> ViewAsync(string kind, JsonObject found)
    {
        await using var server = await FakeApiServer.StartAsync(context => FakeApiServer.JsonAsync(context, found.ToJsonString()));
        using var client = ClientUnderTest.For(server.Address);
        return (await ResourceReader.ReadAsync(client.Client, kind, "web", CancellationToken.None)).View(20);
    }

    private static JsonObject Metadata(string name, string value) =>
        new() { ["name"] = "web", ["annotations"] = new JsonObject { ["owner"] = "team-a", [name] = value } };

    private static string Packed(string text)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return Convert.ToBase64String(packed.ToArray());
    }
}
