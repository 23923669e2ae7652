namespace InfraGate.Plans.Approval;

/// <summary>
/// What of all that a plan deletes or scales to nothing is at stake most, so that its name is asked for. The order in which the agent wrote the objects down decides only between equals: with
/// it, the name of something harmless could be put in front.
/// </summary>
internal static class GravestLoss
{
    /// <summary>The name of the gravest loss, Deployments before Services before ConfigMaps before all else, of one kind what is deleted first; null when nothing is lost.</summary>
    public static string? NameIn(PlanContent content) => content.Targets
        .Where(target => IsDeleted(target) || IsEmptied(target, content.Impact))
        .MinBy(target => (RankOf(target.Kind), !IsDeleted(target)))?.Name;

    private static int RankOf(string kind) => kind switch
    {
        "Deployment" => 0,
        "Service" => 1,
        "ConfigMap" => 2,
        _ => 3,
    };

    private static bool IsDeleted(PlanTarget target) => target.Change == TargetChange.Delete;

    private static bool IsEmptied(PlanTarget target, PlanImpact impact) =>
        impact.Figures.Any(figure => figure is { Measure: "replicas", After: 0, Before: not 0 } && figure.Target == target.Reference);
}
