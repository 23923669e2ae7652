using InfraGate.RealParts.Files;
using InfraGate.RealParts.Processes;
using Microsoft.Playwright;

namespace InfraGate.RealParts.Browser;

/// <summary>
/// A real Chromium (Debian's package) as a person has it: one window with one tab, a profile of its own, and no debugger that listens while a page is opened. For measuring; tests that
/// click and look use <see cref="ChromiumFixture"/>.
/// </summary>
public sealed class UnwatchedChromium : IAsyncDisposable
{
    private const string Listening = "DevTools listening on ";
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(5);

    /// <summary>Until the tab goes where it was told to: the debugger is gone by then, and the page before is as still as one that was read.</summary>
    private static readonly TimeSpan UntilItGoes = TimeSpan.FromSeconds(1);

    /// <summary>Until somebody looks again: far longer than a page takes.</summary>
    private static readonly TimeSpan UntilSeen = TimeSpan.FromSeconds(3);

    private readonly TemporaryFolder _profile;
    private readonly IPlaywright _playwright;
    private readonly RunningProcess _process;
    private readonly string _endpoint;

    private UnwatchedChromium(TemporaryFolder profile, IPlaywright playwright, RunningProcess process, string endpoint) =>
        (_profile, _playwright, _process, _endpoint) = (profile, playwright, process, endpoint);

    /// <summary>Starts a browser with a profile that nobody has used.</summary>
    public static async Task<UnwatchedChromium> StartAsync()
    {
        var profile = TemporaryFolder.Create("chromium");
        var playwright = await Playwright.CreateAsync();
        var process = RunningProcess.Start(new ProcessPlan("chromium", ChromiumFixture.DebianChromium)
        {
            Arguments = [.. ChromiumFixture.Arguments, "--headless", "--window-size=1280,900", "--remote-debugging-port=0", $"--user-data-dir={profile.Path}", "about:blank"],
        });
        try
        {
            var line = await process.WaitForLineAsync(Listening, StartDeadline);
            return new UnwatchedChromium(profile, playwright, process, line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..].Trim());
        }
        catch
        {
            await process.DisposeAsync();
            playwright.Dispose();
            profile.Dispose();
            throw;
        }
    }

    /// <summary>Attaches to the tab for as long as something is looked at or typed.</summary>
    public async Task<T> WatchAsync<T>(Func<IPage, Task<T>> watch)
    {
        await using var browser = await _playwright.Chromium.ConnectOverCDPAsync(_endpoint);
        return await watch(browser.Contexts.Single().Pages.Single());
    }

    /// <summary>Has the tab go to an address by itself, and says how soon the page was there.</summary>
    public async Task<PaintTimes> OpenAsync(Uri address)
    {
        await WatchAsync(page => page.EvaluateAsync<int>(
            "([address, after]) => setTimeout(() => location.assign(address), after)", new object[] { address.AbsoluteUri, UntilItGoes.TotalMilliseconds }));
        await Task.Delay(UntilItGoes + UntilSeen);
        return await WatchAsync(PaintTimes.ReadAsync);
    }

    /// <summary>Ends the browser and forgets its profile.</summary>
    public async ValueTask DisposeAsync()
    {
        await _process.StopAsync(StopGrace);
        await _process.DisposeAsync();
        _playwright.Dispose();
        _profile.Dispose();
    }
}
