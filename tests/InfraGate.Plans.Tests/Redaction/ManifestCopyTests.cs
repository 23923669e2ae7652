using System.IO.Compression;
using System.Text;
using InfraGate.Plans.Redaction;

namespace InfraGate.Plans.Tests.Redaction;

public sealed class ManifestCopyTests
{
    private const string Json = """{"apiVersion":"v1","data":{"greeting":"good morning"},"kind":"ConfigMap","metadata":{"name":"web"}}""";

    public static TheoryData<string> Copies => new()
    {
        Json,
        Json[..60],
        "{data: {greeting: good morning}}",
        "data:\n  greeting: good morning\n",
        """[{"kind":"ConfigMap"}]""",
        """{"stringData":{"greeting":"good morning"}}""",
        """{"manifest":"{\"data\":{\"greeting\":\"good morning\"}}"}""",
        Base64(Encoding.UTF8.GetBytes(Json)),
        Base64(Encoding.UTF8.GetBytes(Base64(Encoding.UTF8.GetBytes(Json)))),
        Base64(Packed(Json, stream => new GZipStream(stream, CompressionLevel.Optimal))),
        Base64(Packed(Json, stream => new ZLibStream(stream, CompressionLevel.Optimal))).TrimEnd('='),
        Base64(Encoding.UTF8.GetBytes(Base64(Packed(Json, stream => new GZipStream(stream, CompressionLevel.Fastest))))),
        Base64([0x28, 0xB5, 0x2F, 0xFD, .. new byte[24]]),
    };

    [Theory]
    [MemberData(nameof(Copies))]
    public void A_copy_of_a_manifest_is_recognised_however_a_tool_keeps_it(string value) => ManifestCopy.IsOne(value).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("image updated to 1.2.3, kind regards")]
    [InlineData("data: see the wiki")]
    [InlineData("https://wiki.example.com/kind:data")]
    [InlineData("2026-11-28T08:00:00Z")]
    [InlineData("9fceb02d0ae598e95dc970b74767f19372d61af8")]
    [InlineData("""{"checksum":"9fceb02d0ae598e95dc970b74767f19372d61af8"}""")]
    [InlineData("""[{"name":"net-a","interface":"eth1"}]""")]
    [InlineData("""{"my-data":"x","spec_version":2}""")]
    [InlineData("Z29vZCBtb3JuaW5nLCBldmVyeWJvZHk=")]
    public void An_ordinary_annotation_is_not_taken_for_one(string value) => ManifestCopy.IsOne(value).ShouldBeFalse();

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes);

    private static byte[] Packed(string text, Func<Stream, Stream> packer)
    {
        var packed = new MemoryStream();
        using (var stream = packer(packed))
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}
