using InfraGate.Bench.Beds;
using InfraGate.Bench.Mcp;

namespace InfraGate.Bench.Soak.Traffic;

/// <summary>Reads in turn what agents read.</summary>
internal sealed class Reader(McpConnection agent, string @namespace, AnswerBook answers) : IActor
{
    private readonly (string Tool, string Arguments)[] _questions =
    [
        ("get_k8s_status", $$"""{"namespace":"{{@namespace}}"}"""),
        ("get_k8s_resource", $$"""{"namespace":"{{@namespace}}","kind":"Deployment","name":"{{BareObjects.DeploymentName(7)}}"}"""),
        ("get_deployment_diagnostics", $$"""{"namespace":"{{@namespace}}","name":"{{BareObjects.DeploymentName(8)}}"}"""),
        ("get_k8s_events", $$"""{"namespace":"{{@namespace}}"}"""),
        ("get_allowed_namespaces", "{}"),
    ];

    private int _turn;

    public async Task ActAsync(CancellationToken cancellationToken)
    {
        var (tool, arguments) = _questions[_turn++ % _questions.Length];
        answers.Record(await agent.CallAsync(tool, arguments, cancellationToken));
    }

    public ValueTask DisposeAsync() => agent.DisposeAsync();
}
