using InfraGate.RealParts.Browser;

namespace InfraGate.RealParts.Tests.Browser;

public sealed class ChromiumFixtureTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    private const string Page = """
        <!doctype html><title>page</title><body><p id="theme"></p><noscript>plain</noscript>
        <script>document.getElementById('theme').textContent = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'</script>
        """;

    [Fact]
    public async Task It_renders_in_the_theme_and_size_asked_for()
    {
        await using var context = await chromium.NewContextAsync(BrowserProfile.PhoneDark);
        var page = await context.NewPageAsync();
        await page.SetContentAsync(Page);

        (await page.Locator("#theme").TextContentAsync()).ShouldBe("dark");
        page.ViewportSize!.Width.ShouldBe(390);
        new FileInfo(await ChromiumFixture.ScreenshotAsync(page, "chromium-fixture")).Length.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Scripts_do_not_run_where_JavaScript_is_off()
    {
        await using var context = await chromium.NewContextAsync(BrowserProfile.WithoutJavaScript);
        var page = await context.NewPageAsync();
        await page.SetContentAsync(Page);

        (await page.Locator("#theme").TextContentAsync()).ShouldBeEmpty();
    }
}
