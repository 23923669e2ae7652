using InfraGate.Bench.Approvals;
using InfraGate.Bench.Beds;
using InfraGate.Bench.Mcp;

namespace InfraGate.Bench.Load;

/// <summary>Plans another image for one Deployment again and again, two images in turn; each plan replaces the one before.</summary>
internal sealed class PlanWorker(McpConnection connection, string @namespace, string deployment) : IWorker
{
    private int _calls;

    public async Task<CallOutcome> CallAsync(CancellationToken cancellationToken)
    {
        var arguments = ChangeStory.ImageArguments(@namespace, deployment, BareObjects.Container, $"1.5.{_calls++ % 2}");
        var answer = await connection.CallAsync("request_set_deployment_image", arguments, cancellationToken);
        return new CallOutcome(answer.Bytes, answer.IsSuccess ? null : System.Text.Encoding.UTF8.GetString(answer.Payload.Span));
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
