using InfraGate.RealParts.Waiting;
using Microsoft.Playwright;

namespace InfraGate.EndToEnd.Tests.People;

/// <summary>The issuers' pages between a program that asks for a sign-in and what it wanted, in a real browser.</summary>
internal static class SignIn
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>Fills in the sign-in form and allows access, in whichever order and number the issuer asks, until the browser has arrived.</summary>
    public static async Task PassAsync(IPage page, Person person, Func<IPage, bool> hasArrived)
    {
        var password = page.Locator("input[name=password]");
        var allow = page.Locator("button[name=decision][value=allow]");
        await Eventually.TrueAsync(
            async () =>
            {
                if (hasArrived(page))
                    return true;
                if (await password.CountAsync() > 0)
                    await FillAsync(page, person, password);
                else if (await allow.CountAsync() > 0)
                    await LeaveByAsync(page, () => allow.ClickAsync());
                return hasArrived(page);
            },
            Deadline,
            what: $"{page.Url} led through the sign-in");
    }

    private static async Task FillAsync(IPage page, Person person, ILocator password)
    {
        await page.Locator("input[name=username]").FillAsync(person.Name);
        await password.FillAsync(person.Password);
        await LeaveByAsync(page, () => password.PressAsync("Enter"));
    }

    // The click is answered by a redirect; looking at the page before it has gone would fill in the same form again. That the next page has begun is enough: a program's own page at the
    // end of a sign-in may go away before it has loaded.
    private static async Task LeaveByAsync(IPage page, Func<Task> click)
    {
        var left = page.Url;
        await click();
        await page.WaitForURLAsync(url => url != left, new() { WaitUntil = WaitUntilState.Commit });
    }
}
