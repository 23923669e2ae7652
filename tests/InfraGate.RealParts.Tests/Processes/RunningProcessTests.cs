using InfraGate.RealParts.Files;
using InfraGate.RealParts.Processes;

namespace InfraGate.RealParts.Tests.Processes;

public sealed class RunningProcessTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private static RunningProcess Bash(string script) => RunningProcess.Start(new ProcessPlan("bash", "bash") { Arguments = ["-c", script], KeepInputOpen = true });

    [Fact]
    public async Task A_program_that_ends_too_early_is_reported_with_its_last_words()
    {
        await using var process = Bash("echo no configuration >&2; exit 78");

        var failure = await Should.ThrowAsync<ProcessFailedException>(() => process.WaitForLineAsync("listening on", Deadline));

        failure.Message.ShouldContain("ended with 78");
        failure.Message.ShouldContain("no configuration");
    }

    [Fact]
    public async Task A_program_that_ignores_SIGTERM_is_killed()
    {
        await using var process = Bash("trap '' TERM; echo ready; while read -r line; do :; done");
        await process.WaitForLineAsync("ready", Deadline);

        await process.StopAsync(TimeSpan.FromMilliseconds(100));

        process.ExitCode.ShouldBe(128 + (int)Signal.Kill);
    }

    [Fact]
    public async Task The_environment_of_the_developer_is_not_inherited()
    {
        Environment.SetEnvironmentVariable("INFRAGATE_LEAK", "leaked");
        await using var process = Bash("echo \"leak=[$INFRAGATE_LEAK]\"");

        (await process.WaitForLineAsync("leak=", Deadline)).ShouldBe("leak=[]");
    }

    [Fact]
    public async Task What_a_killed_test_host_leaves_behind_is_ended_and_removed()
    {
        var script = await File.ReadAllTextAsync(RepositoryFolders.InRepository("tests", "InfraGate.RealParts", "Processes", "orphan-guard.sh"));
        using var folder = TemporaryFolder.Create("orphan");
        await using var orphan = Bash("echo ready; read -r line");
        await using var released = Bash("echo ready; read -r line");
        await orphan.WaitForLineAsync("ready", Deadline);
        await released.WaitForLineAsync("ready", Deadline);
        await using var guard = Bash(script);

        await guard.Input.WriteAsync($"process {orphan.Pid}\nprocess {released.Pid}\nfolder {folder.Path}\nforget {released.Pid}\n");
        guard.Input.Close();

        await guard.WaitForExitAsync(Deadline);
        (await orphan.WaitForExitAsync(Deadline)).ShouldBe(128 + (int)Signal.Kill);
        released.HasExited.ShouldBeFalse();
        Directory.Exists(folder.Path).ShouldBeFalse();
    }
}
