using System.Globalization;
using InfraGate.Bench.Scenarios;

namespace InfraGate.Bench;

/// <summary>The command line.</summary>
internal sealed record BenchOptions
{
    /// <summary>How to use it.</summary>
    public const string Usage =
        """
        InfraGate.Bench measure [--quick | --short] [--only QUESTIONS] [--published FOLDER] [--output FOLDER]
        InfraGate.Bench soak --small-disk FOLDER [--minutes N] [--published FOLDER] [--output FOLDER]
        QUESTIONS: some of tools-list, one-object, status, large-status, plan, apply, sessions, pods, plans, audit, starts, first-paint, guardrail, separated by commas
        """;

    /// <summary><c>measure</c> or <c>soak</c>.</summary>
    public required string Command { get; init; }

    /// <summary>What to measure.</summary>
    public MeasurePlan Plan { get; init; } = new();

    /// <summary>How long to soak.</summary>
    public TimeSpan SoakTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A folder on a small disk of its own, for a soak's approval root.</summary>
    public string? SmallDisk { get; init; }

    /// <summary>Where the published product is; null for the build of this configuration.</summary>
    public string? PublishedFolder { get; init; }

    /// <summary>Where the report goes.</summary>
    public string OutputFolder { get; init; } = "artifacts/bench";

    /// <summary>Reads the command line; null when it is not understood.</summary>
    public static BenchOptions? Parse(IReadOnlyList<string> arguments)
    {
        if (arguments is not ["measure" or "soak", ..])
            return null;
        var options = new BenchOptions { Command = arguments[0] };
        for (var i = 1; i < arguments.Count; i++)
        {
            var value = i + 1 < arguments.Count ? arguments[i + 1] : null;
            switch (arguments[i], value)
            {
                case ("--quick", _) when options.Command == "measure":
                    options = options with { Plan = MeasurePlan.Quick };
                    continue;
                case ("--short", _) when options.Command == "measure":
                    options = options with { Plan = MeasurePlan.Short };
                    continue;
                case ("--only", { } names) when options.Command == "measure" && ScenarioNames.Parse(names) is { } only:
                    options = options with { Plan = options.Plan.OnlyFor(only) };
                    break;
                case ("--minutes", { } text) when options.Command == "soak" && double.TryParse(text, CultureInfo.InvariantCulture, out var minutes) && minutes > 0:
                    options = options with { SoakTime = TimeSpan.FromMinutes(minutes) };
                    break;
                case ("--small-disk", { } folder) when options.Command == "soak":
                    options = options with { SmallDisk = Path.GetFullPath(folder) };
                    break;
                case ("--published", { } folder):
                    options = options with { PublishedFolder = Path.GetFullPath(folder) };
                    break;
                case ("--output", { } folder):
                    options = options with { OutputFolder = Path.GetFullPath(folder) };
                    break;
                default:
                    return null;
            }
            i++;
        }
        return options.Command == "soak" && options.SmallDisk is null ? null : options;
    }
}
