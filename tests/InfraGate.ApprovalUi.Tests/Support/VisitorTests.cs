using InfraGate.RealParts.Browser;
using InfraGate.RealParts.Waiting;

namespace InfraGate.ApprovalUi.Tests.Support;

/// <summary>A look that finds nothing says something only if it would find something.</summary>
public sealed class VisitorTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    [Theory]
    [InlineData("<html><head><title>t</title></head><body><main><h1>No language</h1></main></body></html>", "html-has-lang")]
    [InlineData("<html lang=en><head><title>t</title></head><body><main><h1>Names</h1><input></main></body></html>", "label")]
    [InlineData("<html lang=en><head><title>t</title></head><body><main><h1 style='color:#999;background:#aaa'>Contrast</h1></main></body></html>", "color-contrast")]
    [InlineData(
        "<html lang=en><head><title>t</title><style>@media (prefers-color-scheme: dark) { h1 { color: #444; background: #333 } }</style></head><body><main><h1>Dark</h1></main></body></html>",
        "in the other theme")]
    public async Task A_look_finds_fault_with_a_page_that_has_one(string html, string said)
    {
        await using var host = await ApprovalHost.StartAsync();
        await using var alice = await Visitor.OpenAsync(chromium, host, Person.Alice);
        await alice.Page.SetContentAsync(html);

        var complaint = await Record.ExceptionAsync(() => alice.LookAsync("faulty"));

        complaint.ShouldNotBeNull().Message.ShouldContain(said);
    }

    [Theory]
    [InlineData("phone")]
    [InlineData("no-js")]
    public async Task A_look_sees_what_is_drawn_only_when_it_comes_into_view_and_leaves_the_window_as_it_was(string profile)
    {
        await using var host = await ApprovalHost.StartAsync();
        await using var alice = await Visitor.OpenAsync(chromium, host, Person.Alice, Profiles.Named(profile));
        await alice.Page.SetContentAsync(
            "<html lang=en><head><title>t</title><style>section { content-visibility: auto; contain-intrinsic-block-size: 100px }</style></head>"
            + "<body><main><h1>Far</h1><div style='height: 3000px'></div><section><div style='height: 3000px'>down</div></section><section id=last><p>below</p></section></main></body></html>");
        var (width, height) = (alice.Page.ViewportSize!.Width, alice.Page.ViewportSize.Height);

        // What comes into view is decided with the first frame; before it, everything counts as drawn.
        await Eventually.TrueAsync(async () => !await IsDrawnAsync(alice));

        var wasDrawn = false;
        await TallWindow.WhileWholeAsync(alice.Page, async () =>
        {
            await alice.LookHereAsync("far");
            wasDrawn = await IsDrawnAsync(alice);
        });

        wasDrawn.ShouldBeTrue();
        (alice.Page.ViewportSize.Width, alice.Page.ViewportSize.Height).ShouldBe((width, height));
    }

    private static Task<bool> IsDrawnAsync(Visitor visitor) =>
        visitor.Page.EvaluateAsync<bool>("document.querySelector('#last p').checkVisibility({ contentVisibilityAuto: true })");
}
