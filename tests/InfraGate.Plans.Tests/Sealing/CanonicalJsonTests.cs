using System.Text;
using System.Text.Json.Nodes;
using InfraGate.Plans.Sealing;

namespace InfraGate.Plans.Tests.Sealing;

public sealed class CanonicalJsonTests
{
    /// <summary>RFC 8785 appendix B: the bits of an IEEE 754 double and its text.</summary>
    [Theory]
    [InlineData(0x0000000000000000, "0")]
    [InlineData(0x8000000000000000, "0")]
    [InlineData(0x0000000000000001, "5e-324")]
    [InlineData(0x8000000000000001, "-5e-324")]
    [InlineData(0x7fefffffffffffff, "1.7976931348623157e+308")]
    [InlineData(0xffefffffffffffff, "-1.7976931348623157e+308")]
    [InlineData(0x4340000000000000, "9007199254740992")]
    [InlineData(0xc340000000000000, "-9007199254740992")]
    [InlineData(0x4430000000000000, "295147905179352830000")]
    [InlineData(0x44b52d02c7e14af5, "9.999999999999997e+22")]
    [InlineData(0x44b52d02c7e14af6, "1e+23")]
    [InlineData(0x44b52d02c7e14af7, "1.0000000000000001e+23")]
    [InlineData(0x444b1ae4d6e2ef4e, "999999999999999700000")]
    [InlineData(0x444b1ae4d6e2ef4f, "999999999999999900000")]
    [InlineData(0x444b1ae4d6e2ef50, "1e+21")]
    [InlineData(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7")]
    [InlineData(0x3eb0c6f7a0b5ed8d, "0.000001")]
    [InlineData(0x41b3de4355555553, "333333333.3333332")]
    [InlineData(0x41b3de4355555554, "333333333.33333325")]
    [InlineData(0x41b3de4355555555, "333333333.3333333")]
    [InlineData(0x41b3de4355555556, "333333333.3333334")]
    [InlineData(0x41b3de4355555557, "333333333.33333343")]
    [InlineData(0xbecbf647612f3696, "-0.0000033333333333333333")]
    [InlineData(0x43143ff3c1cb0959, "1424953923781206.2")]
    public void Numbers_are_written_as_in_appendix_B(ulong bits, string text) => EcmaScriptNumber.Format(BitConverter.UInt64BitsToDouble(bits)).ShouldBe(text);

    [Fact]
    public void The_example_of_section_3_2_2_is_written_as_in_section_3_2_4()
    {
        const string Input =
            """
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """;
        const string Expected = "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}";

        Canonical(Input).ShouldBe(Expected);
    }

    [Fact]
    public void Members_are_sorted_by_utf16_code_units_as_in_section_3_2_3()
    {
        const string Input =
            """{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}""";

        var order = JsonNode.Parse(Canonical(Input))!.AsObject().Select(member => member.Value!.GetValue<string>());

        order.ShouldBe(["Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign", "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh"]);
    }

    [Theory]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"a\":1,\"\\u0061\":2}")]
    [InlineData("9007199254740993")]
    [InlineData("1e400")]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"\\udc00\\ud800\"")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("[1,]")]
    [InlineData("{}{}")]
    [InlineData("// no\n1")]
    [InlineData("NaN")]
    [InlineData("")]
    public void What_would_lose_information_is_refused(string json) => Should.Throw<FormatException>(() => Canonical(json));

    /// <summary>Strings are copied as they stand where that is their canonical form, so each way of writing one that has another form must be noticed.</summary>
    [Theory]
    [InlineData("""plain """, """plain """)]
    [InlineData("""\"\\\b\f\n\r\t""", """\"\\\b\f\n\r\t""")]
    [InlineData("""a\/b""", """a/b""")]
    [InlineData("""\u0041\n""", """A\n""")]
    [InlineData("""\u000A""", """\n""")]
    [InlineData("""\u001F""", """\u001f""")]
    [InlineData("""\u001f""", """\u001f""")]
    [InlineData("""\u0022\u005C""", """\"\\""")]
    [InlineData("""\\u0041""", """\\u0041""")]
    [InlineData("""\\\"\\""", """\\\"\\""")]
    [InlineData("""é€""", """é€""")]
    [InlineData("\u007f\u2028", "\u007f\u2028")]
    [InlineData("""\ud83d\ude00""", "\ud83d\ude00")]
    [InlineData("", "")]
    public void A_string_has_one_form(string inQuotes, string canonical) => Canonical($"\"{inQuotes}\"").ShouldBe($"\"{canonical}\"");

    [Theory]
    [InlineData(new byte[] { 0xff })]
    [InlineData(new byte[] { 0xc0, 0xaf })]
    [InlineData(new byte[] { 0xed, 0xa0, 0x80 })]
    [InlineData(new byte[] { 0xe2, 0x82 })]
    public void Bytes_that_are_no_utf8_are_refused(byte[] bytes) => Should.Throw<FormatException>(() => CanonicalJson.Encode((byte[])[(byte)'"', .. bytes, (byte)'"']));

    [Fact]
    public void Nesting_has_a_bound() =>
        Should.Throw<FormatException>(() => Canonical(new string('[', 200) + new string(']', 200)));

    [Fact]
    public void Order_and_white_space_never_matter_and_canonical_text_is_its_own_form()
    {
        var random = new Random(20261120);
        for (var i = 0; i < 200; i++)
        {
            var document = RandomNode(random, 4);
            var text = Canonical(document!.ToJsonString());

            Canonical(Shuffled(document, random)!.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true })).ShouldBe(text);
            Canonical(text).ShouldBe(text);
        }
    }

    private static string Canonical(string json) => Encoding.UTF8.GetString(CanonicalJson.Encode(Encoding.UTF8.GetBytes(json)));

    private static JsonNode? RandomNode(Random random, int depth) => random.Next(depth > 0 ? 7 : 5) switch
    {
        0 => JsonValue.Create(random.Next(-1000, 1000)),
        1 => JsonValue.Create(random.NextDouble() * Math.Pow(10, random.Next(-30, 30))),
        2 => JsonValue.Create(RandomText(random)),
        3 => JsonValue.Create(random.Next(2) == 0),
        4 => JsonValue.Create(string.Empty),
        5 => new JsonArray([.. Enumerable.Range(0, random.Next(5)).Select(_ => RandomNode(random, depth - 1))]),
        _ => new JsonObject(Enumerable.Range(0, random.Next(6)).Select(_ => RandomText(random)).Distinct().Select(name => KeyValuePair.Create(name, RandomNode(random, depth - 1)))),
    };

    private static string RandomText(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => char.ConvertFromUtf32(random.Next(4) == 0 ? random.Next(0x1F600, 0x1F650) : random.Next(1, 0x500))));

    private static JsonNode? Shuffled(JsonNode? node, Random random) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(_ => random.Next()).Select(member => KeyValuePair.Create(member.Key, Shuffled(member.Value, random)))),
        JsonArray items => new JsonArray([.. items.Select(item => Shuffled(item, random))]),
        _ => node?.DeepClone(),
    };
}
