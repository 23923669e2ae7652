using System.Text.Json.Nodes;
using InfraGate.McpServer.Planning;
using InfraGate.McpServer.Planning.Findings;
using InfraGate.McpServer.Planning.Objects;
using InfraGate.Plans;
using InfraGate.Plans.Policy;

namespace InfraGate.McpServer.Tests.Planning.Findings;

public sealed class HiddenCharactersRuleTests
{
    private const string DeceivingUrl = "https://hooks.example.com\u2215x\u2024evil.example/";

    [Fact]
    public void An_environment_value_that_reads_as_another_address_is_found()
    {
        var observation = Look(new JsonObject { ["spec"] = new JsonObject { ["env"] = new JsonArray(new JsonObject { ["name"] = "HOOK", ["value"] = DeceivingUrl }) } }).ShouldHaveSingleItem();

        observation.ShouldBe(new Observation("hidden-characters", "The text at spec.env[0].value holds the character U+2215, which looks like /; it is not what it looks like.", "ConfigMap/web", "spec.env[0].value"));
    }

    [Theory]
    [InlineData("\u0441\u043e\u0440\u0443")]
    [InlineData("p\u0430ypal")]
    [InlineData("nginx\u2010demo")]
    [InlineData("nginx\u2013demo")]
    [InlineData("a\u00A0b")]
    [InlineData("user\uFF20host")]
    [InlineData("\uFF43\uFF4F\uFF50\uFF59")]
    [InlineData("i\u0307")]
    [InlineData("a\u001bb")]
    public void What_the_page_marks_in_a_value_that_runs_is_found(string value) => Look(Data(value)).ShouldHaveSingleItem();

    [Theory]
    [InlineData("Настройка доступа к базе данных")]
    [InlineData("Ρύθμιση του διακομιστή για να είναι ασφαλής")]
    [InlineData("Größere Änderung – „läuft“")]
    [InlineData("サーバーを再起動します。")]
    [InlineData("हिन्दी में पाठ")]
    [InlineData("🚀 done ✅")]
    [InlineData("one\r\ntwo")]
    public void Ordinary_text_in_a_value_that_runs_is_none(string value) => Look(Data(value)).ShouldBeEmpty();

    [Theory]
    [InlineData("Bonjour\u00A0! We wait\u2014it\u2019s \u201Cfine\u201D \u00B7 really \u2026")]
    [InlineData("word\u2014word, e\u2011mail")]
    public void Good_typography_in_an_annotation_is_none(string value) => Look(Annotation(value)).ShouldBeEmpty();

    [Theory]
    [InlineData("calls " + DeceivingUrl)]
    [InlineData("https://hooks.example.com\u00B7evil.example/")]
    [InlineData("https://hooks.example.com\u00A0.evil.example/")]
    [InlineData("rm \u2013rf")]
    [InlineData("p\u0430ypal")]
    public void What_deceives_in_an_annotation_is_found_all_the_same(string value) => Look(Annotation(value)).ShouldHaveSingleItem();

    [Fact]
    public void An_annotation_of_the_Pods_is_prose_and_its_key_is_not()
    {
        Look(new JsonObject { ["spec"] = new JsonObject { ["template"] = Annotation("word\u2014word") } }).ShouldBeEmpty();
        Look(new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { ["word\u2014word"] = "" } } }).ShouldHaveSingleItem();
        Look(new JsonObject { ["annotations"] = new JsonObject { ["note"] = "word\u2014word" } }).ShouldHaveSingleItem();
    }

    private static JsonObject Data(string value) => new() { ["data"] = new JsonObject { ["value"] = value } };

    private static JsonObject Annotation(string value) => new() { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { ["description"] = value } } };

    private static IReadOnlyList<Observation> Look(JsonObject sent)
    {
        var target = new DraftTarget
        {
            Kind = ObjectKind.ConfigMap,
            Name = "web",
            Change = TargetChange.Update,
            Uid = "1",
            Live = null,
            Result = null,
            Sent = sent,
            Request = new PlannedRequest("PATCH", "/", "", null, null, null),
        };
        return [.. new HiddenCharactersRule().Look(new PlanDraft(PlanOperation.Apply, "shop", [target], Surroundings.None, EffectivePolicy.Default))];
    }
}
