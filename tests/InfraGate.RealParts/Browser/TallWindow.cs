using Microsoft.Playwright;

namespace InfraGate.RealParts.Browser;

/// <summary>
/// A window as tall as its page. What a page leaves undrawn until it comes into view (<c>content-visibility: auto</c>) is blank in a picture of a page that is taller than the window,
/// and nothing that axe would look at.
/// </summary>
public static class TallWindow
{
    /// <summary>Each time more is drawn, and may be taller than the page took it to be.</summary>
    private const int Tries = 5;

    /// <summary>In the screen's own pixels, of which a phone has two to one of the page's; a much taller window ends Chromium.</summary>
    private const int Tallest = 16_000;

    /// <summary>Does something while the whole page is in view, and gives the window its size back.</summary>
    public static async Task WhileWholeAsync(IPage page, Func<Task> look)
    {
        var usual = page.ViewportSize ?? throw new ArgumentException("The page has no window of a fixed size.", nameof(page));
        try
        {
            for (var tries = 0; tries < Tries && await HeightAsync(page) is var height && height > page.ViewportSize.Height; tries++)
            {
                await page.SetViewportSizeAsync(usual.Width, height);
            }

            await look();
        }
        finally
        {
            if (page.ViewportSize.Height != usual.Height)
            {
                await page.SetViewportSizeAsync(usual.Width, usual.Height);
            }
        }
    }

    private static Task<int> HeightAsync(IPage page) =>
        page.EvaluateAsync<int>("tallest => Math.min(document.documentElement.scrollHeight, Math.floor(tallest / devicePixelRatio))", Tallest);
}
