namespace InfraGate.McpServer.Planning.Findings;

/// <summary>Looks at a plan in the making for one sort of thing that its reviewer should know.</summary>
internal interface IFindingRule
{
    IEnumerable<Observation> Look(PlanDraft draft);
}
