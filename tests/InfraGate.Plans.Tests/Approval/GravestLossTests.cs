using InfraGate.Plans.Approval;
using InfraGate.Plans.Tests.Building;

namespace InfraGate.Plans.Tests.Approval;

/// <summary>Which of several names an approver must type.</summary>
public sealed class GravestLossTests
{
    [Theory]
    [InlineData("delete ConfigMap/notes, delete Service/web, delete Deployment/shop", "shop")]
    [InlineData("delete Deployment/shop, delete Service/web, delete ConfigMap/notes", "shop")]
    [InlineData("delete Ingress/way, delete ConfigMap/notes, delete Service/web", "web")]
    [InlineData("delete Ingress/way, delete ConfigMap/notes", "notes")]
    [InlineData("delete ConfigMap/one, delete ConfigMap/two", "one")]
    [InlineData("empty Deployment/idle, delete Deployment/shop", "shop")]
    [InlineData("delete ConfigMap/notes, empty Deployment/idle", "idle")]
    [InlineData("empty Deployment/idle, empty Deployment/shop", "idle")]
    [InlineData("update Deployment/shop, delete ConfigMap/notes", "notes")]
    [InlineData("update Deployment/shop", null)]
    public void The_gravest_loss_is_asked_for_whatever_the_order(string changes, string? name) => GravestLoss.NameIn(Plan(changes)).ShouldBe(name);

    private static PlanContent Plan(string changes)
    {
        var content = PlanBuilder.Scale(new DateTimeOffset(2026, 11, 20, 10, 0, 0, TimeSpan.Zero));
        var parts = changes.Split(", ").Select(change => change.Split(' ', '/')).ToList();
        return content with
        {
            Targets = [.. parts.Select(part => content.Targets[0] with { Kind = part[1], Name = part[2], Change = part[0] == "delete" ? TargetChange.Delete : TargetChange.Update })],
            Impact = content.Impact with { Figures = [.. parts.Where(part => part[0] == "empty").Select(part => new ImpactFigure($"{part[1]}/{part[2]}", "replicas", 2, 0))] },
        };
    }
}
