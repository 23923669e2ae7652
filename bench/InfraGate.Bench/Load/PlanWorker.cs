using InfraGate.Bench.Approvals;
using InfraGate.Bench.Beds;
using InfraGate.Bench.Mcp;

namespace InfraGate.Bench.Load;

/// <summary>Plans another image for one Deployment again and again, each time one that was not asked for before: an equal request would only be given its pending plan.</summary>
internal sealed class PlanWorker(McpConnection connection, string @namespace, string deployment) : IWorker
{
    private readonly string _series = Guid.NewGuid().ToString("N")[..8];
    private int _calls;

    public async Task<CallOutcome> CallAsync(CancellationToken cancellationToken)
    {
        var arguments = ChangeStory.ImageArguments(@namespace, deployment, BareObjects.Container, $"{_series}-{_calls++}");
        var answer = await connection.CallAsync("request_set_deployment_image", arguments, cancellationToken);
        return new CallOutcome(answer.Bytes, answer.IsSuccess ? null : System.Text.Encoding.UTF8.GetString(answer.Payload.Span));
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
