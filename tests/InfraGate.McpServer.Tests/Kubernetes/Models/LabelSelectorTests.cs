using InfraGate.McpServer.Kubernetes.Models;

namespace InfraGate.McpServer.Tests.Kubernetes.Models;

/// <summary>The semantics of https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/.</summary>
public sealed class LabelSelectorTests
{
    private static readonly Dictionary<string, string> Labels = new(StringComparer.Ordinal) { ["app"] = "web", ["tier"] = "front" };

    [Theory]
    [InlineData("app", "In", "web,api", true)]
    [InlineData("app", "In", "api", false)]
    [InlineData("zone", "In", "web", false)]
    [InlineData("app", "NotIn", "api", true)]
    [InlineData("app", "NotIn", "web,api", false)]
    [InlineData("zone", "NotIn", "web", true)]
    [InlineData("app", "Exists", "", true)]
    [InlineData("zone", "Exists", "", false)]
    [InlineData("app", "DoesNotExist", "", false)]
    [InlineData("zone", "DoesNotExist", "", true)]
    [InlineData("app", "Resembles", "web", false)]
    public void A_requirement_holds_as_Kubernetes_says(string key, string @operator, string values, bool holds) =>
        new LabelRequirement(key, @operator, values.Split(',')).Holds(Labels).ShouldBe(holds);

    [Fact]
    public void Every_term_of_a_selector_must_hold()
    {
        var selector = new LabelSelector { MatchLabels = new Dictionary<string, string>(StringComparer.Ordinal) { ["app"] = "web" }, MatchExpressions = [new("tier", "In", ["back"])] };

        selector.Selects(Labels).ShouldBeFalse();
        (selector with { MatchExpressions = [new("tier", "In", ["front"])] }).Selects(Labels).ShouldBeTrue();
        (selector with { MatchLabels = new Dictionary<string, string>(StringComparer.Ordinal) { ["app"] = "api" }, MatchExpressions = null }).Selects(Labels).ShouldBeFalse();
    }

    [Fact]
    public void An_empty_selector_selects_everything()
    {
        new LabelSelector().IsEmpty.ShouldBeTrue();
        new LabelSelector().Selects(Labels).ShouldBeTrue();
    }
}
