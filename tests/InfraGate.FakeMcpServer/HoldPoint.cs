namespace InfraGate.FakeMcpServer;

/// <summary>Where the fake goes no further until a test lets it.</summary>
internal static class HoldPoint
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(10);

    /// <summary>Waits until it is open.</summary>
    public static async Task PassAsync(Func<bool> isOpen, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(s_look);
        while (!isOpen())
        {
            await timer.WaitForNextTickAsync(cancel);
        }
    }
}
