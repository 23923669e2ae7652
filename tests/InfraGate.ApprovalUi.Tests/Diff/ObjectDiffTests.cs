using InfraGate.ApprovalUi.Diff;

namespace InfraGate.ApprovalUi.Tests.Diff;

public sealed class ObjectDiffTests
{
    [Fact]
    public void No_change_is_ever_folded_away_and_nothing_is_lost()
    {
        var random = new Random(20261120);
        for (var round = 0; round < 50; round++)
        {
            var before = Document(Enumerable.Range(0, 60).Select(line => (line, random.Next(4))));
            var after = Document(Enumerable.Range(0, 60).Where(_ => random.Next(10) > 0).Select(line => (line, random.Next(4))));

            var diff = ObjectDiff.Between(before, after);

            var blocks = diff.Blocks();
            blocks.SelectMany(block => block.Lines).ShouldBe(diff.Lines);
            blocks.Where(block => block.IsFoldable).SelectMany(block => block.Lines).ShouldAllBe(line => line.Kind == DiffLineKind.Same);
            Side(diff, DiffLineKind.Added).ShouldBe(YamlText.Of(before));
            Side(diff, DiffLineKind.Removed).ShouldBe(YamlText.Of(after));
        }
    }

    [Fact]
    public void Both_columns_hold_every_line_of_their_side()
    {
        var diff = ObjectDiff.Between("""{"a":1,"b":2,"c":3}""", """{"a":1,"b":4,"d":5,"e":6}""");

        var pairs = ObjectDiff.Pair(diff.Lines).ToList();

        string.Join('\n', pairs.Where(pair => pair.Left is not null).Select(pair => pair.Left!.Value.Text)).ShouldBe("a: 1\nb: 2\nc: 3");
        string.Join('\n', pairs.Where(pair => pair.Right is not null).Select(pair => pair.Right!.Value.Text)).ShouldBe("a: 1\nb: 4\nd: 5\ne: 6");
    }

    [Fact]
    public void An_object_that_comes_is_all_added_and_one_that_goes_all_removed()
    {
        ObjectDiff.Between(null, """{"kind":"Service","spec":{"type":"ClusterIP"}}""").Lines.ShouldAllBe(line => line.Kind == DiffLineKind.Added && line.Old == null);
        ObjectDiff.Between("""{"kind":"Service","spec":{"type":"ClusterIP"}}""", null).Lines.ShouldAllBe(line => line.Kind == DiffLineKind.Removed && line.New == null);
    }

    [Fact]
    public void White_space_counts()
    {
        var diff = ObjectDiff.Between("""{"data":{"key":"a b"}}""", """{"data":{"key":"a  b"}}""");

        diff.Added.ShouldBe(1);
        diff.Removed.ShouldBe(1);
    }

    private static string Side(ObjectDiff diff, DiffLineKind without) =>
        string.Join('\n', diff.Lines.Where(line => line.Kind != without).Select(line => line.Text));

    private static string Document(IEnumerable<(int Line, int Value)> entries) =>
        "{" + string.Join(',', entries.Select(entry => $"\"key-{entry.Line:00}\":{entry.Value}")) + "}";
}
