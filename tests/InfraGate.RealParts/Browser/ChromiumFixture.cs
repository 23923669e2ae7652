using InfraGate.RealParts.Files;
using Microsoft.Playwright;
using Xunit;

namespace InfraGate.RealParts.Browser;

/// <summary>A real Chromium (Debian's package), driven by Playwright. One browser for many tests; each test opens its own context, with its own cookies.</summary>
public sealed class ChromiumFixture : IAsyncLifetime
{
    /// <summary>Where Debian puts it.</summary>
    internal const string DebianChromium = "/usr/bin/chromium";

    /// <summary>What every browser of the tests is started with.</summary>
    internal static readonly string[] Arguments =
    [
        // Chromium's own sandbox does not start for root, which CI runs as; the pages are our own.
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        // No request leaves the machine on the browser's own account.
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    // Playwright's own 5 s are too few for the first page of a server that has just started, on a machine with other work.
    static ChromiumFixture() => Assertions.SetDefaultExpectTimeout(30_000);

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        try
        {
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = DebianChromium,
                Headless = true,
                Args = Arguments,
            });
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <summary>A fresh context: no cookies, no storage. Dispose it with the test.</summary>
    public async Task<IBrowserContext> NewContextAsync(BrowserProfile? profile = null)
    {
        var wanted = profile ?? BrowserProfile.Desktop;
        var browser = _browser ?? throw new InvalidOperationException("The browser is not started.");
        return await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = wanted.Width, Height = wanted.Height },
            DeviceScaleFactor = wanted.IsPhone ? 2 : 1,
            IsMobile = wanted.IsPhone,
            HasTouch = wanted.IsPhone,
            ColorScheme = wanted.IsDark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = wanted.HasJavaScript,
            // Animations are movement that a screenshot would catch half-way.
            ReducedMotion = ReducedMotion.Reduce,
        });
    }

    /// <summary>Keeps a picture of the whole page under <c>TestResults/screenshots</c> and returns its path.</summary>
    public static async Task<string> ScreenshotAsync(IPage page, string name)
    {
        var path = Path.Combine(RepositoryFolders.Screenshots, $"{name}.png");
        await TallWindow.WhileWholeAsync(page, () => page.ScreenshotAsync(new PageScreenshotOptions { Path = path, FullPage = true }));
        return path;
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        (_browser, _playwright) = (null, null);
    }
}
