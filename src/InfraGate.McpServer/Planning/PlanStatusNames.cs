using System.Text.Json;
using InfraGate.Plans.Lifecycle;

namespace InfraGate.McpServer.Planning;

/// <summary>The names of plan statuses in tool answers: lower case.</summary>
internal static class PlanStatusNames
{
    public static string Of(PlanStatus status) => JsonNamingPolicy.KebabCaseLower.ConvertName(status.ToString());
}
