using System.Globalization;
using InfraGate.Plans.Approval;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Storage;
using InfraGate.Plans.Tests.Building;

namespace InfraGate.Plans.Tests.Workers;

/// <summary>What a second process does to a database that a test also uses.</summary>
internal static class StoreWorker
{
    /// <summary>Makes the schema.</summary>
    public const string Initialize = "initialize";

    /// <summary>Claims every plan whose id comes after, and prints those it won.</summary>
    public const string Claim = "claim";

    /// <summary>Makes plans and carries them through their whole life until it is ended; prints each step after the store confirmed it.</summary>
    public const string Live = "live";

    /// <summary>The line after which a worker begins.</summary>
    public const string Ready = "ready";

    /// <summary>The entry of the worker process: mode, database folder, name, and what the mode needs.</summary>
    public static async Task<int> Main(string[] args)
    {
        await using var store = PlanStores.Open(new PlanStoreSettings { ApprovalRoot = args[1] }, TimeProvider.System);
        await store.InitializeAsync();
        Console.WriteLine(Ready);
        switch (args[0])
        {
            case Initialize:
                return 0;
            case Claim:
                await Console.In.ReadLineAsync();
                await ClaimAsync(store, args[2], args.Skip(3).Select(PlanId.Parse));
                return 0;
            case Live:
                await LiveAsync(store, args[2], int.Parse(args[3], CultureInfo.InvariantCulture));
                return 0;
            default:
                return 64;
        }
    }

    private static async Task ClaimAsync(SqlPlanStore store, string owner, IEnumerable<PlanId> plans)
    {
        foreach (var plan in plans)
        {
            if (await store.TryTransitionAsync(plan, [Edges.Claim(owner, TimeProvider.System.GetUtcNow().AddMinutes(5))]))
            {
                Console.WriteLine($"won {plan}");
            }
        }

        Console.WriteLine("done");
    }

    private static async Task LiveAsync(SqlPlanStore store, string owner, int plans)
    {
        for (var i = 0; i < plans; i++)
        {
            var now = TimeProvider.System.GetUtcNow();
            var plan = await store.AddAsync(PlanBuilder.Scale(now), $"{owner}-{i}");
            Confirm(plan.Id, PlanStatus.Pending);
            await store.TryDecideAsync(plan.Id, Edges.Word(owner, Verdict.Approve, now), 0, Edges.Approve());
            Confirm(plan.Id, PlanStatus.Approved);
            await store.TryTransitionAsync(plan.Id, [Edges.Claim(owner, now.AddMinutes(5))]);
            Confirm(plan.Id, PlanStatus.Applying);
            var written = new TargetOutcome("Deployment/nginx-demo", TargetResult.Written, Message: null, "1", now);
            await store.TryRecordTargetAsync(plan.Id, owner, written);
            await store.TryTransitionAsync(plan.Id, [Edges.To(PlanStatus.Applying, PlanStatus.Applied) with { HeldBy = owner, Outcome = new PlanOutcome { Targets = [written] } }]);
            Confirm(plan.Id, PlanStatus.Applied);
        }

        Console.WriteLine("done");
    }

    private static void Confirm(PlanId plan, PlanStatus status)
    {
        Console.WriteLine($"confirmed {plan} {status}");
        Console.Out.Flush();
    }
}
