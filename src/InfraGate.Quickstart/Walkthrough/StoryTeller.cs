using System.Globalization;

namespace InfraGate.Quickstart.Walkthrough;

/// <summary>Prints each step with what came back, and stops the story at the first that is not as it should be.</summary>
internal sealed class StoryTeller(TextWriter output)
{
    private const int LongestLine = 160;
    private const int MostLines = 12;
    private int _step;

    /// <summary>A step that went well.</summary>
    public void Tell(string step, string cameBack)
    {
        _step++;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_step,2}. {step}"));
        var lines = cameBack.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var line in lines.Take(MostLines))
        {
            output.WriteLine("      " + (line.Length <= LongestLine ? line : line[..LongestLine] + " …"));
        }

        if (lines.Length > MostLines)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"      … {lines.Length - MostLines} more lines"));
        }
    }

    /// <summary>A step that must have gone well.</summary>
    /// <exception cref="QuickstartException">It did not.</exception>
    public void Expect(bool isAsItShouldBe, string step, string cameBack)
    {
        if (!isAsItShouldBe)
        {
            throw new QuickstartException($"Step {_step + 1} is not as it should be: {step}\n{cameBack}");
        }

        Tell(step, cameBack);
    }
}
