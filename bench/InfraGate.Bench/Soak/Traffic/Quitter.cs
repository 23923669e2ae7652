using InfraGate.Bench.Beds;
using InfraGate.Bench.Mcp;

namespace InfraGate.Bench.Soak.Traffic;

/// <summary>Disconnects in the middle of calls: reads, and plans that nobody then hears of.</summary>
internal sealed class Quitter(McpConnection agent, string @namespace, AnswerBook answers) : IActor
{
    private const int LongestPatience = 40;
    private const int Deployment = 19;
    private int _turn;

    public async Task ActAsync(CancellationToken cancellationToken)
    {
        var turn = _turn++;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromMilliseconds(1 + (turn * 7 % LongestPatience)));
        try
        {
            var call = turn % 2 == 0
                ? agent.CallAsync("get_k8s_status", $$"""{"namespace":"{{@namespace}}"}""", patience.Token)
                : agent.CallAsync(
                    "request_scale_deployment",
                    $$"""{"namespace":"{{@namespace}}","name":"{{BareObjects.DeploymentName(Deployment)}}","replicas":{{1 + (turn % 5)}}}""",
                    patience.Token);
            answers.Record(await call);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            answers.Count("disconnected by the client");
        }
    }

    public ValueTask DisposeAsync() => agent.DisposeAsync();
}
