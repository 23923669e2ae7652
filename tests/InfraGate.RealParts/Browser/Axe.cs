using System.Text.Json;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace InfraGate.RealParts.Browser;

/// <summary>
/// Deque's accessibility checker, run in the page itself. The package's own way of running it collects the results of many frames in a page that it opens for that; our pages have one frame, and
/// that page costs three times as much as the check.
/// </summary>
public static class Axe
{
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>Checks the whole page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="rules">The only rules to check; all when there are none.</param>
    /// <returns>A text for each rule that is violated, with the elements that violate it; none for a faultless page.</returns>
    public static async Task<IReadOnlyList<string>> FaultsAsync(IPage page, params string[] rules)
    {
        await page.EvaluateAsync(Script);
        var found = await page.EvaluateAsync<JsonElement>(
            "rules => axe.run(document, rules.length ? { runOnly: { type: 'rule', values: rules } } : {}).then(result => result.violations.map(v => ({ id: v.id, help: v.help, nodes: v.nodes.map(n => n.html) })))",
            rules);
        return [.. found.EnumerateArray().Select(fault => $"{fault.GetProperty("id")}: {fault.GetProperty("help")} {string.Join("; ", fault.GetProperty("nodes").EnumerateArray())}")];
    }
}
