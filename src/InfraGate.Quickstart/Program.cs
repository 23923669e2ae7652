using System.Globalization;
using System.Runtime.InteropServices;
using InfraGate.Quickstart;
using InfraGate.Quickstart.Processes;
using InfraGate.Quickstart.Screen;
using InfraGate.Quickstart.Walkthrough;

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    var options = QuickstartOptions.Parse(args);
    if (options.Help)
    {
        Console.WriteLine(QuickstartOptions.Usage);
        return 0;
    }

    var repository = Repository.Find();
    Console.WriteLine("Starting issuer, cluster, gateway and server …");
    await using var stack = await Stack.StartAsync(repository, options, stop.Token);
    if (options.Walkthrough)
    {
        await new Story(stack, repository, new StoryTeller(Console.Out)).TellAsync(stop.Token);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"\nThe walkthrough went through. Ready after {stack.ReadyAfter.TotalSeconds:0.0} s; gateway and server use {stack.ResidentBytes() / 1048576.0:0} MiB of resident memory."));
        return 0;
    }

    Console.WriteLine(ReadyScreen.Of(stack));
    var ended = stack.AnyEndedAsync();
    if (await Task.WhenAny(ended, Task.Delay(Timeout.Infinite, stop.Token)) == ended && !stop.IsCancellationRequested)
    {
        throw new QuickstartException($"{await ended} ended by itself. Stopping the rest.");
    }

    Console.WriteLine("Stopping …");
    return 0;
}
catch (QuickstartException problem)
{
    await Console.Error.WriteLineAsync(problem.Message);
    return 1;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    Console.WriteLine("Stopped.");
    return 130;
}

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}
