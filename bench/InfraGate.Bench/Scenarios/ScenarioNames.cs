namespace InfraGate.Bench.Scenarios;

/// <summary>The questions, as tables and targets name them.</summary>
internal static class ScenarioNames
{
    public const string ToolList = "tools/list";
    public const string OneObject = "one Deployment";
    public const string Status = "status of the ordinary namespace";
    public const string LargeStatus = "status of the large namespace";
    public const string Plan = "plan another image";
    public const string Apply = "apply an approved plan";
}
