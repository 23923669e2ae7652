using System.Text;
using InfraGate.McpServer.Inspection.Logs;

namespace InfraGate.McpServer.Tests.Inspection.Logs;

public sealed class LogTailTests
{
    [Theory]
    [InlineData("", new string[0], false)]
    [InlineData("one\ntwo\n", new[] { "one", "two" }, false)]
    [InlineData("one\r\ntwo", new[] { "one", "two" }, false)]
    [InlineData("one\n\ntwo\n", new[] { "one", "", "two" }, false)]
    [InlineData("0123456789\nabcdefgh\nxyz\n", new[] { "abcdefgh", "xyz" }, true)]
    [InlineData("an endless line without a break", new[] { "hout a break" }, true)]
    public async Task The_end_is_kept_in_whole_lines(string log, string[] lines, bool isCut)
    {
        var capacity = isCut && !log.Contains('\n', StringComparison.Ordinal) ? 12 : 20;

        var excerpt = await LogTail.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(log)), capacity, CancellationToken.None);

        excerpt.Lines.ShouldBe(lines);
        excerpt.IsCut.ShouldBe(isCut);
    }

    [Theory]
    [InlineData("hunter2")]
    [InlineData("ter2-Tr0ub4dor")]
    [InlineData("\", \"then\"")]
    public async Task A_value_whose_name_did_not_fit_any_more_is_not_shown(string firstKept)
    {
        var log = $$"""{"user": "app", "password": "hunter2-Tr0ub4dor", "then": "{{new string('.', 200)}}", "end": true}""";
        var capacity = log.Length - log.IndexOf(firstKept, StringComparison.Ordinal);

        var excerpt = await LogTail.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(log)), capacity, CancellationToken.None);

        var line = excerpt.Lines.ShouldHaveSingleItem();
        line.ShouldNotContain("Tr0ub4dor");
        line.ShouldEndWith("\"end\": true}");
    }

    [Fact]
    public async Task A_line_is_not_cut_in_the_middle_of_a_character()
    {
        var excerpt = await LogTail.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes("\U0001F600\U0001F600 ok")), 5, CancellationToken.None);

        excerpt.Lines.ShouldBe([" ok"]);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_replaced_and_do_no_harm()
    {
        var excerpt = await LogTail.ReadAsync(new MemoryStream([0xFF, 0xFE, (byte)'\n', (byte)'o', (byte)'k']), 64, CancellationToken.None);

        excerpt.Lines.ShouldBe(["\uFFFD\uFFFD", "ok"]);
    }

    [Fact]
    public async Task A_log_without_end_is_read_to_a_bound_in_little_memory()
    {
        using var endless = new EndlessStream();
        var before = GC.GetAllocatedBytesForCurrentThread();

        var excerpt = await LogTail.ReadAsync(endless, 32 * 1024, CancellationToken.None);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(2 * 1024 * 1024);
        endless.Given.ShouldBeLessThan(17 * 1024 * 1024);
        excerpt.IsCut.ShouldBeTrue();
    }

    private sealed class EndlessStream : Stream
    {
        public long Given { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            buffer.AsSpan(offset, count).Fill((byte)'x');
            buffer[offset] = (byte)'\n';
            Given += count;
            return count;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill((byte)'x');
            buffer.Span[0] = (byte)'\n';
            Given += buffer.Length;
            return ValueTask.FromResult(buffer.Length);
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
