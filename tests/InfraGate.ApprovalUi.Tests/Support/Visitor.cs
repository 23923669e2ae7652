using InfraGate.Plans;
using InfraGate.RealParts.Browser;
using Microsoft.Playwright;

namespace InfraGate.ApprovalUi.Tests.Support;

/// <summary>A person in a real Chromium. Collects what must not happen: requests to other hosts, console errors (a violated content policy is one), faults that axe finds.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    private readonly ApprovalHost _host;
    private readonly IBrowserContext _context;
    private readonly BrowserProfile _profile;
    private readonly List<string> _complaints = [];

    private Visitor(ApprovalHost host, IBrowserContext context, IPage page, BrowserProfile profile)
    {
        _host = host;
        _context = context;
        _profile = profile;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => _complaints.Add(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(host.Url + "/", StringComparison.Ordinal))
            {
                _complaints.Add($"asked {request.Url}");
            }
        };
    }

    public IPage Page { get; }

    public ILocator ApproveButton => Page.Locator("button.approve");

    public ILocator DenyButton => Page.Locator("button.deny");

    public ILocator Status => Page.Locator(".state-line .pill");

    public static async Task<Visitor> OpenAsync(ChromiumFixture chromium, ApprovalHost host, Person person, BrowserProfile? profile = null)
    {
        var wanted = profile ?? BrowserProfile.Desktop;
        var context = await chromium.NewContextAsync(wanted);
        await context.AddCookiesAsync([new Cookie { Name = TestSignIn.Cookie, Value = TestSignIn.ValueFor(person), Url = host.Url }]);
        return new Visitor(host, context, await context.NewPageAsync(), wanted);
    }

    public Task<IResponse?> GoToAsync(string path) => Page.GotoAsync(_host.Url + path);

    public Task<IResponse?> OpenAsync(Plan plan) => GoToAsync($"/approvals/plans/{plan.Id}");

    /// <summary>
    /// Keeps a picture in each theme and, where scripts can run, lets axe find fault: everything in this theme, and in the other one what may differ there, the contrast of colours.
    /// </summary>
    public Task LookAsync(string name) => TallWindow.WhileWholeAsync(Page, async () =>
    {
        await LookHereAsync(name);
        if (_profile.HasJavaScript)
        {
            var other = _profile.InOtherTheme();
            await UseThemeOfAsync(other);
            await ChromiumFixture.ScreenshotAsync(Page, $"approval-{name}-{other.Name}");
            (await Axe.FaultsAsync(Page, "color-contrast")).ShouldBeEmpty(name + " in the other theme");
            await UseThemeOfAsync(_profile);
        }
    });

    /// <summary>Keeps a picture in this theme and, where scripts can run, lets axe find fault.</summary>
    public Task LookHereAsync(string name) => TallWindow.WhileWholeAsync(Page, async () =>
    {
        await ChromiumFixture.ScreenshotAsync(Page, $"approval-{name}-{_profile.Name}");
        if (_profile.HasJavaScript)
        {
            (await Axe.FaultsAsync(Page)).ShouldBeEmpty(name);
        }
    });

    private Task UseThemeOfAsync(BrowserProfile profile) => Page.EmulateMediaAsync(new() { ColorScheme = profile.IsDark ? ColorScheme.Dark : ColorScheme.Light });

    public Task ExpectStatusAsync(string words) => Assertions.Expect(Status).ToHaveTextAsync(words);

    /// <summary>Nothing reached for another host, nothing broke the content policy or a script, no page is wider than the screen.</summary>
    public async Task ShouldHaveNoComplaintsAsync()
    {
        _complaints.ShouldBeEmpty();
        if (_profile.HasJavaScript)
        {
            (await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBeLessThanOrEqualTo(0, "the page scrolls sideways");
        }
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
