using InfraGate.Bench.Beds;
using InfraGate.Bench.Load;
using InfraGate.RealParts.Clusters;

namespace InfraGate.Bench.Scenarios;

/// <summary>What is asked under load, and of whom. A contestant that has no answer to a question is absent there.</summary>
internal static class ScenarioList
{
    private const int ReadDeployment = 0;

    // Each answer holds every Pod. With 32 workers the peer took more memory than a machine of 24 GiB has, and the measuring ended with it.
    private const int MostWorkersForWholeLists = 8;

    // About as long as one worker's plans leave the API server alone: it takes longer over what comes after a pause.
    private static readonly TimeSpan PlanPause = TimeSpan.FromMilliseconds(5);

    /// <summary>All of it.</summary>
    public static IReadOnlyList<Scenario> For(Bed bed) =>
    [
        new(ScenarioNames.ToolList, [bed.InfraGate("tools/list", "{}"), .. bed.Peers.Select(peer => bed.AskPeer(peer, "tools/list", "{}"))]),
        OneObject(bed),
        Status(ScenarioNames.Status, bed, bed.Medium),
        Limited(Status(ScenarioNames.LargeStatus, bed, bed.Large)),
        Plans(bed),
    ];

    private static Scenario OneObject(Bed bed)
    {
        var name = BareObjects.DeploymentName(ReadDeployment);
        var ours = Tool("get_k8s_resource", $$"""{"namespace":"{{bed.Medium}}","kind":"Deployment","name":"{{name}}"}""");
        var theirs = Tool("resources_get", $$"""{"apiVersion":"apps/v1","namespace":"{{bed.Medium}}","kind":"Deployment","name":"{{name}}"}""");
        return new Scenario(
            ScenarioNames.OneObject,
            [bed.InfraGate("tools/call", ours), .. AskPeers(bed, theirs), bed.PlainGet(KubePath.Deployment(bed.Medium, name))]);
    }

    // The peer has no question that covers as much; its list of Pods is the nearest, and less than what InfraGate answers.
    private static Scenario Status(string name, Bed bed, string @namespace) => new(
        name,
        [
            bed.InfraGate("tools/call", Tool("get_k8s_status", $$"""{"namespace":"{{@namespace}}"}""")),
            .. AskPeers(bed, Tool("pods_list_in_namespace", $$"""{"namespace":"{{@namespace}}"}""")),
            bed.PlainGet(KubePath.Pods(@namespace)),
        ]);

    private static Scenario Limited(Scenario large) => large with
    {
        // A turn ends with the last answer, and one of the peer's takes longer than a turn.
        Turns = 1,
        Contestants = [large.Contestants[0], .. large.Contestants.Skip(1).Select(contestant => contestant with { MostWorkers = MostWorkersForWholeLists })],
    };

    private static Scenario Plans(Bed bed)
    {
        var floor = new Contestant("GET and dry-run PATCH", bed.ApiServer, number =>
            Task.FromResult<IWorker>(new ReadAndPatchWorker(bed.Api, bed.Medium, DeploymentFor(bed, number), dryRun: true)));
        return new(
            ScenarioNames.Plan,
            [
                new("InfraGate", bed.Gateway.Processes, async number => new PlanWorker(await bed.OpenSessionAsync(), bed.Medium, DeploymentFor(bed, number))),
                floor,
                floor with { Subject = $"{floor.Subject}, {PlanPause.TotalMilliseconds:0} ms after the last", Pause = PlanPause, MostWorkers = 1 },
            ]);
    }

    private static IEnumerable<Contestant> AskPeers(Bed bed, string parameters) => bed.Peers.Select(peer => bed.AskPeer(peer, "tools/call", parameters));

    private static string Tool(string name, string arguments) => $$"""{"name":"{{name}}","arguments":{{arguments}}}""";

    private static string DeploymentFor(Bed bed, int worker) => BareObjects.DeploymentName(worker % bed.Plan.Medium.Deployments);
}
