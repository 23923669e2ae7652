using System.Text.Json;
using InfraGate.Bench.Approvals;
using InfraGate.Bench.Beds;
using InfraGate.Bench.Mcp;
using InfraGate.RealParts.Browser;
using Microsoft.Playwright;

namespace InfraGate.Bench.Pages;

/// <summary>
/// How soon a plan with 500 changed lines is there to read, in a real browser: on the first visit to a plan after the gateway's start, and on later ones. The person has signed in and
/// the browser has drawn the inbox before, as after every sign-in; the gateway has been up for the moment in which it draws its pages once by itself.
/// </summary>
internal static class FirstPaint
{
    /// <summary>Names the question.</summary>
    public const string Name = "first paint";

    private const int ChangedLines = 500;
    private const int LaterVisits = 4;

    /// <summary>Nobody who was handed a link looks at it sooner.</summary>
    private static readonly TimeSpan AfterTheStart = TimeSpan.FromSeconds(4);

    /// <summary>Starts a gateway again and again and visits the same plan several times after each start.</summary>
    public static async Task<IReadOnlyList<Visit>> RunAsync(Bed bed, GatewayStack gateway)
    {
        var token = await gateway.SignInAsync(BenchPerson.Alice);
        var visits = new List<Visit>();
        for (var start = 0; start < bed.Plan.Starts; start++)
        {
            await gateway.StopGatewayAsync();
            await gateway.StartGatewayAsync();
            await Task.Delay(AfterTheStart);
            await using var agent = await McpConnection.OpenAsync(bed.Http, gateway.Endpoint, token);
            visits.AddRange(await VisitAsync(gateway, await LinkAsync(agent, bed.Medium)));
        }
        return visits;
    }

    private static async Task<Uri> LinkAsync(McpConnection agent, string @namespace)
    {
        using var story = new ChangeStory(agent, BenchPerson.Alice);
        // The lines of the object that are not data: apiVersion, data, kind, metadata, its name and its namespace.
        var lines = Enumerable.Range(0, ChangedLines - 6).Select(number => $"  setting-{number:000}: \"{number * 37 % 1009}\"\n");
        var manifest = $"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: five-hundred-lines\ndata:\n{string.Concat(lines)}";
        var arguments = JsonSerializer.Serialize(new Dictionary<string, string> { ["namespace"] = @namespace, ["manifest"] = manifest });
        return await story.LinkAsync(await story.PlanAsync("request_apply_manifest", arguments));
    }

    private static async Task<IReadOnlyList<Visit>> VisitAsync(GatewayStack gateway, Uri link)
    {
        await using var chromium = await UnwatchedChromium.StartAsync();
        await chromium.WatchAsync(page => SignInAsync(page, gateway));
        var visits = new List<Visit> { new(IsFirst: true, await chromium.OpenAsync(link)) };
        var plan = new Uri(await chromium.WatchAsync(page => Task.FromResult(page.Url)));
        for (var later = 0; later < LaterVisits; later++)
        {
            visits.Add(new Visit(IsFirst: false, await chromium.OpenAsync(plan)));
        }
        var shown = await chromium.WatchAsync(page => page.Locator(".row.added").CountAsync());
        return shown >= ChangedLines ? visits : throw new BenchException($"The page shows {shown} changed lines of {ChangedLines}.");
    }

    private static async Task<bool> SignInAsync(IPage page, GatewayStack gateway)
    {
        await page.GotoAsync(new Uri(gateway.Address, "/approvals").AbsoluteUri);
        await page.Locator("input[name=username]").FillAsync(BenchPerson.Alice.Name);
        await page.Locator("input[name=password]").FillAsync(BenchPerson.Alice.Password);
        await page.Locator("input[name=password]").PressAsync("Enter");
        await page.Locator(".plans").WaitForAsync();
        return true;
    }
}
