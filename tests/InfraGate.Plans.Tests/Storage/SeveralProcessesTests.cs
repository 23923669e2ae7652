using System.Collections.Concurrent;
using InfraGate.Plans.Audit;
using InfraGate.Plans.Lifecycle;
using InfraGate.Plans.Storage;
using InfraGate.Plans.Tests.Building;
using InfraGate.Plans.Tests.Workers;
using InfraGate.RealParts.Files;
using InfraGate.RealParts.Processes;
using InfraGate.RealParts.Waiting;

namespace InfraGate.Plans.Tests.Storage;

/// <summary>Real processes on one SQLite file, as gateway and server are.</summary>
public sealed class SeveralProcessesTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    // Processes are killed here, never the machine, so that nothing need reach a disk.
    private readonly TemporaryFolder _folder = TemporaryFolder.CreateInMemory("processes");

    private string Root => _folder.File("approvals");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Processes_that_start_at_once_on_a_new_folder_agree_on_the_schema()
    {
        var workers = Enumerable.Range(0, 4).Select(i => Start(StoreWorker.Initialize, $"worker-{i}")).ToList();
        foreach (var worker in workers)
        {
            (await worker.WaitForExitAsync(Deadline)).ShouldBe(0, string.Join('\n', worker.RecentLines));
            await worker.DisposeAsync();
        }

        await using var store = await OpenAsync();
        (await store.ReadAuditHeadAsync()).ShouldBe(AuditChain.Empty);
    }

    [Fact]
    public async Task Processes_that_claim_the_same_plans_win_each_once()
    {
        await using var store = await OpenAsync();
        var plans = new List<string>();
        for (var i = 0; i < 50; i++)
        {
            var plan = await store.AddAsync(PlanBuilder.Scale(TimeProvider.System.GetUtcNow()), $"plan-{i}");
            await store.TryTransitionAsync(plan.Id, [Edges.Approve()]);
            plans.Add(plan.Id.Value);
        }

        await using var first = Start(StoreWorker.Claim, "first", [.. plans]);
        await using var second = Start(StoreWorker.Claim, "second", [.. plans]);
        foreach (var worker in (RunningProcess[])[first, second])
        {
            await worker.WaitForLineAsync(StoreWorker.Ready, Deadline);
        }

        foreach (var worker in (RunningProcess[])[first, second])
        {
            await worker.Input.WriteLineAsync("go");
            await worker.Input.FlushAsync();
        }

        foreach (var worker in (RunningProcess[])[first, second])
        {
            (await worker.WaitForExitAsync(Deadline)).ShouldBe(0, string.Join('\n', worker.RecentLines));
        }

        var won = first.RecentLines.Concat(second.RecentLines).Where(line => line.StartsWith("won ", StringComparison.Ordinal)).Select(line => line[4..]).ToList();
        won.Order().ShouldBe(plans.Order());
        (await store.SearchAuditAsync(new AuditQuery { Action = AuditActions.PlanClaimed, Limit = 500 })).Count.ShouldBe(50);
        (await store.VerifyAuditAsync(new AuditVerificationOptions())).IsWhole.ShouldBeTrue();
    }

    [Fact]
    public async Task Two_processes_and_this_one_write_at_full_speed_into_one_chain()
    {
        await using var store = await OpenAsync();
        await using var first = Start(StoreWorker.Live, "first", "40");
        await using var second = Start(StoreWorker.Live, "second", "40");
        for (var i = 0; i < 40; i++)
        {
            await store.AddAsync(PlanBuilder.Scale(TimeProvider.System.GetUtcNow()), $"mine-{i}");
        }

        (await first.WaitForExitAsync(Deadline)).ShouldBe(0, string.Join('\n', first.RecentLines));
        (await second.WaitForExitAsync(Deadline)).ShouldBe(0, string.Join('\n', second.RecentLines));

        var verified = await store.VerifyAuditAsync(new AuditVerificationOptions());
        verified.IsWhole.ShouldBeTrue(verified.FirstBreak?.Message);
        verified.Entries.ShouldBe((80 * 6) + 40);
        (await store.CountAsync())[PlanStatus.Applied].ShouldBe(80);
    }

    [Fact]
    public async Task A_writer_killed_at_any_moment_loses_nothing_it_was_told_and_breaks_nothing()
    {
        for (var round = 0; round < 4; round++)
        {
            var confirmed = new ConcurrentDictionary<string, PlanStatus>();
            await using (var writer = Start(StoreWorker.Live, $"writer-{round}", "100000"))
            {
                await writer.WaitForLineAsync($"{PlanStatus.Applied}", Deadline);

                // Another number of steps in each round, so that it dies at another place of its work.
                var steps = 20 + (round * 17);
                await Eventually.TrueAsync(() => Task.FromResult(writer.RecentLines.Count >= steps), Deadline);
                writer.Send(Signal.Kill);
                await writer.WaitForExitAsync(Deadline);
                foreach (var words in writer.RecentLines.Where(line => line.StartsWith("confirmed ", StringComparison.Ordinal)).Select(line => line.Split(' ')))
                {
                    confirmed[words[1]] = Enum.Parse<PlanStatus>(words[2]);
                }
            }

            await using var store = await OpenAsync();
            (await store.VerifyAuditAsync(new AuditVerificationOptions())).IsWhole.ShouldBeTrue();
            confirmed.ShouldNotBeEmpty();
            foreach (var (id, status) in confirmed)
            {
                var plan = await store.FindAsync(PlanId.Parse(id));
                plan.ShouldNotBeNull();
                plan.IsIntact.ShouldBeTrue();
                Rank(plan.Status).ShouldBeGreaterThanOrEqualTo(Rank(status), id);
            }
        }
    }

    private static int Rank(PlanStatus status) => Array.IndexOf([PlanStatus.Pending, PlanStatus.Approved, PlanStatus.Applying, PlanStatus.Applied], status);

    private RunningProcess Start(string mode, string name, params string[] more) => RunningProcess.Start(new ProcessPlan($"store-{mode}-{name}", "dotnet")
    {
        Arguments = [typeof(StoreWorker).Assembly.Location, mode, Root, name, .. more],
        KeepInputOpen = true,
    });

    private async Task<SqlPlanStore> OpenAsync()
    {
        var store = PlanStores.Open(new PlanStoreSettings { ApprovalRoot = Root }, TimeProvider.System);
        await store.InitializeAsync();
        return store;
    }
}
