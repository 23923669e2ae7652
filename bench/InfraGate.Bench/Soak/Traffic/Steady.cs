namespace InfraGate.Bench.Soak.Traffic;

/// <summary>Lets an actor act at a steady rate; one that takes longer than its turn skips the turns it missed.</summary>
internal static class Steady
{
    /// <summary>Goes on until <paramref name="end"/> is cancelled, and lets what is under way finish.</summary>
    public static async Task RunAsync(IActor actor, TimeSpan interval, AnswerBook answers, CancellationToken end)
    {
        await using (actor)
        {
            using var timer = new PeriodicTimer(interval);
            while (!end.IsCancellationRequested)
            {
                await ActAsync(actor, answers);
                await WaitAsync(timer, end);
            }
        }
    }

    private static async Task ActAsync(IActor actor, AnswerBook answers)
    {
        try
        {
            await actor.ActAsync(CancellationToken.None);
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException or OperationCanceledException)
        {
            answers.RecordLost($"{actor.GetType().Name}: {lost.Message}");
        }
    }

    private static async Task WaitAsync(PeriodicTimer timer, CancellationToken end)
    {
        try
        {
            await timer.WaitForNextTickAsync(end);
        }
        catch (OperationCanceledException)
        {
            // The end has come; the loop looks at it next.
        }
    }
}
