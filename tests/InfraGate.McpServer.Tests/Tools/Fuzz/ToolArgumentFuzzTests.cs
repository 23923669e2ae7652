using InfraGate.McpServer.Tests.Fuzzing;
using InfraGate.McpServer.Tests.Support;
using InfraGate.McpServer.Tools;
using InfraGate.RealParts.Files;

namespace InfraGate.McpServer.Tests.Tools.Fuzz;

/// <summary>
/// Calls every tool, through the dispatcher and in front of a cluster that answers at once, with arguments that no one would send. Each call is answered or refused with a code;
/// nothing else comes out of it, in at most two seconds of work and 256 MiB a call. <c>eng/fuzz.sh</c> runs it for longer and with another seed.
/// </summary>
[Collection(AloneInTheProcess.Name)]
public sealed class ToolArgumentFuzzTests : IDisposable
{
    private static readonly string[] Codes = [.. Enum.GetValues<ToolErrorCode>().Select(code => code.ToWire())];
    private readonly TemporaryFolder _folder = TemporaryFolder.CreateInMemory("fuzz");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_tool_answers_or_refuses_with_a_code_whatever_its_arguments()
    {
        await using var cluster = await FakeApiServer.StartAsync(EchoingCluster.AnswerAsync);
        var log = new DefectLog();
        using var server = ServerUnderTest.Start(_folder.Write("config", KubeconfigText.For(cluster.Address)), "shop", log: log);
        var source = new ArgumentMutator(FuzzRun.Seed);
        var tools = server.Listing.Tools;
        var answered = new HashSet<string>(StringComparer.Ordinal);

        for (var round = 0; round < FuzzRun.Rounds; round++)
        {
            var call = source.Next(tools[round % tools.Count]);
            var what = $"seed {FuzzRun.Seed}, round {round}: {ArgumentMutator.Describe(call)}";
            var cost = FuzzRun.Begin(() => GC.GetTotalAllocatedBytes());

            var result = await server.CallAsync(call);

            cost.ShouldBeSmall(what);
            log.Defects.ShouldBeEmpty(what);
            if (result.IsError is true)
            {
                Codes.ShouldContain(result.StructuredContent!.Value.GetProperty("error").GetProperty("code").GetString(), what);
            }
            else
            {
                answered.Add(call.Name);
            }
        }

        // Had every call been refused at the door, nothing behind it would have been tried. Standing alone, nothing is ever applied.
        answered.ShouldBe(tools.Select(tool => tool.Name).Where(name => name != "apply_approved_plan"), ignoreOrder: true);
    }
}
