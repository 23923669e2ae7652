using InfraGate.RealParts.Waiting;

namespace InfraGate.Sandbox.Tests.Parity;

/// <summary>Asks a real API server of 1.20.2 and the sandbox the same, and compares every answer whole.</summary>
[Collection(SharedServers.Name)]
public sealed class ApiParityTests(ParityFixture servers)
{
    public static TheoryData<string> Names => [.. Scenarios.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_sandbox_answers_as_the_real_api_server(string scenario)
    {
        var real = await PlayAsync(servers.Real, scenario);
        var simulated = await PlayAsync(servers.Client, scenario);

        var differences = Scenarios.All[scenario].Select((step, index) => Difference(step, real[index], simulated[index]));
        string.Concat(differences).ShouldBeEmpty();
    }

    /// <summary>What only the real server says (-) and what only the sandbox says (+), by lines.</summary>
    private static string Difference(ScenarioStep step, string real, string simulated)
    {
        if (real == simulated)
        {
            return string.Empty;
        }

        var (left, right) = (real.Split('\n'), simulated.Split('\n'));
        var lines = left.Except(right).Select(line => "- " + line).Concat(right.Except(left).Select(line => "+ " + line)).ToList();
        return $"\n{step.Method} {step.Path}\n{string.Join('\n', lines.Count > 0 ? lines : ["the same lines in another order", real, simulated])}\n";
    }

    private static async Task<IReadOnlyList<string>> PlayAsync(ApiClient server, string scenario)
    {
        var @namespace = await server.NewNamespaceAsync();
        var answers = new List<string>();
        foreach (var step in Scenarios.All[scenario])
        {
            var path = step.Path.Replace("{ns}", @namespace, StringComparison.Ordinal);
            if (step.Once is { } told)
            {
                await Eventually.GetAsync(() => server.SendAsync(step.Method, path + "?dryRun=All", step.Body, step.Media), answer => answer.Text.Contains(told, StringComparison.Ordinal));
            }

            answers.Add(AnswerNormalizer.Of(await server.SendAsync(step.Method, path, step.Body, step.Media), @namespace));
        }

        return answers;
    }
}
