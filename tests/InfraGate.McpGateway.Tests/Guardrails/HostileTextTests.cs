using System.Text;
using InfraGate.McpGateway.Guardrails;
using InfraGate.McpGateway.Guardrails.Injection;
using InfraGate.McpGateway.Tests.Support;
using InfraGate.Plans.Redaction;
using Xunit.Abstractions;

namespace InfraGate.McpGateway.Tests.Guardrails;

/// <summary>Texts made so that a careless scanner takes time that grows with the square of their length.</summary>
[Collection(MeasuredAlone.Name)]
public sealed class HostileTextTests(ITestOutputHelper output)
{
    private const int Small = 60_000;
    private const int Factor = 8;
    private const int Tries = 5;

    // Eight times the text may take at most this many times as long; work that grows with the square would take 64 times as long.
    private const double Bound = 28;

    private readonly TextGuard guard = new(new CredentialDetector(), new InjectionDetector(), redactInjection: false);

    public static TheoryData<string> Units =>
    [
        "password=", "key=", "key: ", "token: ", "eyJ.eyJ.", "eyJ-", "://a:", "://a:b@", "-----BEGIN PRIVATE KEY-----", "AKIA", "ghp_", "ignore ", "ignore all ",
        "%41", "\\u0041", "\"password\":\"", "mysql -", "curl -u ", "\u001b]", "\u001b[", "\u200b", "A", "Zm9vYmFyZm9vYmFy", "Authorization: ", "Bearer ", "cookie=",
        "$6$", "sig=", "8Q~", "1:AA", "secret: |\n  ", "--token ", "key=(", "name: key\n value: ", "&quot;", "login password ",
    ];

    [Theory]
    [MemberData(nameof(Units))]
    public void The_work_grows_with_the_length_and_not_with_its_square(string unit)
    {
        var (small, large) = (Repeat(unit, Small), Repeat(unit, Small * Factor));
        Measure(small);

        // The best of several tries: other work on the machine can only make a try slower.
        var ratio = double.MaxValue;
        for (var i = 0; i < Tries && ratio > Bound; i++)
        {
            ratio = Math.Min(ratio, Measure(large) / Measure(small));
        }

        output.WriteLine($"x{Factor} text took x{ratio:0.0}");
        ratio.ShouldBeLessThan(Bound);
    }

    private double Measure(string text)
    {
        var before = Environment.CpuUsage.TotalTime;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        guard.Clean(text, new GuardrailFindings());
        (GC.GetAllocatedBytesForCurrentThread() - allocated).ShouldBeLessThan(256L * 1024 * 1024);
        return Math.Max((Environment.CpuUsage.TotalTime - before).TotalMilliseconds, 0.5);
    }

    private static string Repeat(string unit, int length) => new StringBuilder(length + unit.Length).Insert(0, unit, (length / unit.Length) + 1).ToString(0, length);
}
