using System.Diagnostics;
using InfraGate.Bench.Beds;
using InfraGate.Bench.Mcp;

namespace InfraGate.Bench.Scaling;

/// <summary>How long the gateway takes from the start of its process to its first answer.</summary>
internal static class StartTimes
{
    /// <summary>Stops and starts a gateway and asks <c>tools/list</c> at once, again and again.</summary>
    /// <returns>Seconds, each start.</returns>
    public static async Task<IReadOnlyList<double>> RunAsync(Bed bed, GatewayStack gateway)
    {
        var seconds = new List<double>();
        var token = await gateway.SignInAsync(BenchPerson.Alice);
        for (var i = 0; i < bed.Plan.Starts; i++)
        {
            await gateway.StopGatewayAsync();
            var start = Stopwatch.GetTimestamp();
            await gateway.StartGatewayAsync();
            await using var session = await McpConnection.OpenAsync(bed.Http, gateway.Endpoint, token);
            var answer = await session.SendAsync("tools/list", "{}");
            if (!answer.IsSuccess)
                throw new BenchException($"tools/list answered {answer.Status} after a start.");
            seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return seconds;
    }
}
