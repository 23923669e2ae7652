using System.Text.Json;
using InfraGate.Plans.Findings;
using InfraGate.Plans.Sealing;
using InfraGate.Plans.Tests.Building;

namespace InfraGate.Plans.Tests.Sealing;

public sealed class PlanSealTests
{
    private static readonly PlanContent Content = PlanBuilder.Scale(
        new DateTimeOffset(2026, 11, 20, 10, 0, 0, TimeSpan.Zero), findings: PlanBuilder.Finding("f1", FindingSeverity.Warn)) with
    {
        Id = PlanId.Parse("20261120-7QK2M9ZX"),
    };

    [Fact]
    public void What_was_sealed_opens_as_the_same_content_with_the_same_digest()
    {
        var seal = PlanSeal.Of(Content);

        var opened = PlanSeal.Open(seal.Json);

        PlanSeal.Of(opened).ShouldBe(seal);
        PlanSeal.TryRecompute(seal.Json, out var digest).ShouldBeTrue();
        digest.ShouldBe(seal.Digest);
    }

    [Fact]
    public void A_digest_made_by_an_earlier_version_stays_the_digest()
    {
        // The content as it was sealed then: its fingerprints were invented and its body was shown as it is.
        var target = Content.Targets[0] with
        {
            Fingerprint = "sha256:" + new string('a', 64),
            DryRunFingerprint = "sha256:" + new string('b', 64),
            Request = Content.Targets[0].Request with { BodyView = null },
        };

        PlanSeal.Of(Content with { Targets = [target] }).Digest.Value.ShouldBe("sha256:198fb2340cb90086421bbef35449b4f072792bc99b0396f6f08fc06ef44f6af7");
    }

    [Fact]
    public void Every_part_of_the_content_is_covered()
    {
        var digest = PlanSeal.Of(Content).Digest;
        PlanContent[] changed =
        [
            Content with { SchemaVersion = 2 },
            Content with { Id = PlanId.Parse("20261120-7QK2M9ZY") },
            Content with { Cluster = "other" },
            Content with { Namespace = "other" },
            Content with { Operation = PlanOperation.Restart },
            Content with { Requester = Content.Requester with { Subject = "bob" } },
            Content with { Requester = Content.Requester with { Client = "other" } },
            Content with { Requester = Content.Requester with { Owner = "bob" } },
            Content with { CreatedAt = Content.CreatedAt.AddMilliseconds(1) },
            Content with { ExpiresAt = Content.ExpiresAt.AddMilliseconds(1) },
            Content with { Intent = Content.Intent with { Arguments = "{}" } },
            Content with { Intent = Content.Intent with { Manifest = "a: b" } },
            Content with { Impact = Content.Impact with { Sentence = "Nothing happens." } },
            Content with { Findings = [] },
            Content with { FindingRules = "sha256:" + new string('c', 64) },
            Content with { Findings = [Content.Findings[0] with { Severity = FindingSeverity.Info }] },
            Content with { Targets = [Content.Targets[0] with { Uid = "another" }] },
            Content with { Targets = [Content.Targets[0] with { Fingerprint = null }] },
            Content with { Targets = [Content.Targets[0] with { DryRun = "{}" }] },
            Content with { Targets = [Content.Targets[0] with { Conflicts = [new FieldConflict(".spec.replicas", "kubectl")] }] },
            Content with { Targets = [Content.Targets[0] with { Changes = [] }] },
            Content with { Targets = [Content.Targets[0] with { Request = Content.Targets[0].Request with { Body = "{}" } }] },
            Content with { Targets = [Content.Targets[0] with { Request = Content.Targets[0].Request with { Query = "fieldManager=infragate&force=true" } }] },
        ];

        changed.Select(content => PlanSeal.Of(content).Digest).Append(digest).Distinct().Count().ShouldBe(changed.Length + 1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"id\":\"20261120-7QK2M9ZX\"}")]
    public void What_is_no_content_does_not_open(string json) => Should.Throw<JsonException>(() => PlanSeal.Open(json));

    [Fact]
    public void Content_with_a_member_that_nobody_knows_does_not_open() =>
        Should.Throw<JsonException>(() => PlanSeal.Open(PlanSeal.Of(Content).Json.Replace("{\"cluster\"", "{\"approved\":true,\"cluster\"", StringComparison.Ordinal)));

    [Theory]
    [InlineData("sha256:0")]
    [InlineData("sha512:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("sha256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("sha256:gggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggg")]
    [InlineData(" sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData(null)]
    public void A_digest_has_one_spelling(string? text) => PlanDigest.TryParse(text, out _).ShouldBeFalse();
}
