using InfraGate.McpGateway.Downstream;

namespace InfraGate.McpGateway.Tests.Downstream;

public sealed class BoundedLineReaderTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("one", new[] { "one" })]
    [InlineData("one\ntwo\r\n\nthree\n", new[] { "one", "two", "", "three" })]
    [InlineData("12345678\n123456789\nend", new[] { "12345678", "12345678…", "end" })]
    public async Task Lines_are_read_whole_or_cut_aloud(string text, string[] lines)
    {
        var reader = new BoundedLineReader(new StringReader(text), maxLength: 8);
        var read = new List<string>();
        while (await reader.ReadAsync() is { } line)
        {
            read.Add(line);
        }

        read.ShouldBe(lines);
    }

    [Fact]
    public async Task A_line_without_end_costs_no_memory()
    {
        var reader = new BoundedLineReader(new StringReader(new string('x', 50_000_000)), maxLength: 100);
        var before = GC.GetAllocatedBytesForCurrentThread();

        (await reader.ReadAsync()).ShouldBe(new string('x', 100) + "…");

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(100_000);
    }
}
