using InfraGate.DevIssuer.Tests.Fixtures;
using InfraGate.RealParts.Browser;
using Microsoft.Playwright;

namespace InfraGate.DevIssuer.Tests.Pages;

/// <summary>The pages as a person meets them. Screenshots are kept under <c>TestResults/screenshots</c>.</summary>
public sealed class PagesInChromiumTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    public static TheoryData<string> Profiles => [BrowserProfile.Desktop.Name, BrowserProfile.Dark.Name, BrowserProfile.Phone.Name, BrowserProfile.PhoneDark.Name, BrowserProfile.WithoutJavaScript.Name];

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Someone_signs_in_with_the_keyboard_corrects_a_typo_allows_and_arrives_back(string profileName)
    {
        var profile = Profile(profileName);
        await using var issuer = await IssuerUnderTest.StartAsync();
        var client = await issuer.RegisterAsync();
        await using var context = await chromium.NewContextAsync(profile);
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(issuer.Address, StringComparison.Ordinal) && !request.Url.StartsWith(client.RedirectUri, StringComparison.Ordinal))
            {
                complaints.Add($"asked {request.Url}");
            }
        };
        await context.RouteAsync($"{client.RedirectUri}*", route => route.FulfillAsync(new RouteFulfillOptions { Body = "back in the program" }));

        await page.GotoAsync(issuer.Address + client.AuthorizeUrl());
        await LookAsync(page, $"dev-issuer-sign-in-{profileName}", profile);
        await page.Keyboard.TypeAsync("alice");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("typo");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Alert).WaitForAsync();
        await LookAsync(page, $"dev-issuer-wrong-password-{profileName}", profile);
        complaints.RemoveAll(text => text.Contains("401", StringComparison.Ordinal));
        await page.Keyboard.TypeAsync("alice-local-only");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Allow access?" }).WaitForAsync();
        await LookAsync(page, $"dev-issuer-consent-{profileName}", profile);
        await page.GetByRole(AriaRole.Button, new() { Name = "Allow", Exact = true }).ClickAsync();
        await page.WaitForURLAsync($"{client.RedirectUri}*");

        page.Url.ShouldContain("code=");
        complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Pages_that_end_the_road_are_accessible_too()
    {
        await using var issuer = await IssuerUnderTest.StartAsync();
        await using var context = await chromium.NewContextAsync();
        var page = await context.NewPageAsync();

        await page.GotoAsync($"{issuer.Address}/authorize?client_id=unknown");
        await LookAsync(page, "dev-issuer-unknown-client", BrowserProfile.Desktop);
        await page.GotoAsync($"{issuer.Address}/end-session");
        await LookAsync(page, "dev-issuer-sign-out", BrowserProfile.Desktop);
    }

    private static BrowserProfile Profile(string name) =>
        new[] { BrowserProfile.Desktop, BrowserProfile.Dark, BrowserProfile.Phone, BrowserProfile.PhoneDark, BrowserProfile.WithoutJavaScript }
            .Single(profile => string.Equals(profile.Name, name, StringComparison.Ordinal));

    /// <summary>Keeps a picture and, where scripts can run, lets axe find fault.</summary>
    private static async Task LookAsync(IPage page, string name, BrowserProfile profile)
    {
        await ChromiumFixture.ScreenshotAsync(page, name);
        if (profile.HasJavaScript)
        {
            (await Axe.FaultsAsync(page)).ShouldBeEmpty(name);
        }
    }
}
