using InfraGate.McpServer.Hosting;
using InfraGate.Plans;

namespace InfraGate.McpServer.Execution;

/// <summary>
/// The person who asked for a plan, where InfraGate itself looks after it: recovery and the approval page's check. Groups are not sealed with a plan; where
/// calls are impersonated, the requester's own rights must suffice.
/// </summary>
internal static class RequesterCaller
{
    public static Caller Of(Plan plan) =>
        new(plan.Content.Requester.Subject, plan.Content.Requester.Name, plan.Content.Requester.Client, Groups: [], Scopes: [], Namespaces: null);
}
