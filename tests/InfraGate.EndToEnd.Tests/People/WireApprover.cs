using System.Net;
using System.Text.RegularExpressions;
using InfraGate.Quickstart.Walkthrough;

namespace InfraGate.EndToEnd.Tests.People;

/// <summary>
/// A person who decides on plans with cookies, redirects and form posts: what a browser without JavaScript sends. Where the click itself matters,
/// <see cref="ChromiumApprover"/> is used.
/// </summary>
public sealed partial class WireApprover(Person person) : IDisposable
{
    private readonly BrowserUser _browser = new(person.Name, person.Password);

    /// <summary>Opens the link, accepts every finding that must be accepted, types the name where one is asked for, and approves.</summary>
    public Task ApproveAsync(Uri link, string retypedName = "nginx-demo") => DecideAsync(link, "Approve", retypedName, "Looks right.", "status-approved");

    /// <summary>Opens the link and denies with a reason.</summary>
    public Task DenyAsync(Uri link, string reason) => DecideAsync(link, "Deny", retypedName: "", reason, "status-denied");

    public void Dispose() => _browser.Dispose();

    private async Task DecideAsync(Uri link, string verdict, string retypedName, string reason, string expectedMark)
    {
        var page = await _browser.OpenAsync(link, stopAt: null, CancellationToken.None);
        page.Status.ShouldBe(HttpStatusCode.OK);
        var form = HtmlForm.With("Input.Verdict", page.Html, page.Address);
        form.ShouldNotBeNull($"{page.Address} offers no decision.");
        foreach (var tick in form.Ticks)
            form.Add(tick.Key, tick.Value);
        form.Set("Input.Verdict", verdict).Set("Input.Reason", reason).Set("Input.RetypedName", retypedName);
        var decided = await _browser.SendAsync(form, CancellationToken.None);
        decided.Html.Contains(expectedMark, StringComparison.Ordinal).ShouldBeTrue($"The page does not say {expectedMark} but: {TextOf(decided.Html)}");
    }

    private static string TextOf(string html) => WebUtility.HtmlDecode(Tag().Replace(html, " "));

    [GeneratedRegex("<[^>]*>\\s*", RegexOptions.None, 1000)]
    private static partial Regex Tag();
}
