using InfraGate.RealParts.Browser;
using Microsoft.Playwright;

namespace InfraGate.EndToEnd.Tests.People;

/// <summary>A person at a real Chromium: opens the approval link, signs in at the issuer, reads the page, ticks, clicks.</summary>
public sealed class ChromiumApprover(ChromiumFixture chromium, Person person) : IAsyncDisposable
{
    private IBrowserContext? _context;
    private IPage? _page;

    /// <summary>The page that is open.</summary>
    public IPage Page => _page ?? throw new InvalidOperationException("No page is open.");

    /// <summary>Opens an approval link, signing in on the way, until the plan's page is there.</summary>
    public async Task OpenAsync(Uri link)
    {
        _context ??= await chromium.NewContextAsync();
        _page ??= await _context.NewPageAsync();
        await Page.GotoAsync(link.AbsoluteUri);
        await SignIn.PassAsync(Page, person, page => new Uri(page.Url).AbsolutePath.StartsWith("/approvals/plans/", StringComparison.Ordinal));
        await Page.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
    }

    /// <summary>Ticks every finding that must be accepted and clicks the button that approves.</summary>
    public async Task ApproveAsync()
    {
        foreach (var tick in await Page.Locator("input[name='Input.Acknowledged']").AllAsync())
            await tick.CheckAsync();
        await Page.Locator("button.approve").ClickAsync();
        await Assertions.Expect(Page.Locator(".state-line .status-approved")).ToBeVisibleAsync();
    }

    /// <summary>Writes a reason and clicks the button that denies.</summary>
    public async Task DenyAsync(string reason)
    {
        await Page.Locator("textarea[name='Input.Reason']").FillAsync(reason);
        await Page.Locator("button.deny").ClickAsync();
        await Assertions.Expect(Page.Locator(".state-line .status-denied")).ToBeVisibleAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_context is not null)
            await _context.DisposeAsync();
        (_context, _page) = (null, null);
    }
}
