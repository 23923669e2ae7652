using InfraGate.McpServer.Kubernetes.Watching;

namespace InfraGate.McpServer.Tests.Kubernetes.Watching;

/// <summary>What a feed knows, and when it may be read.</summary>
public sealed class FeedStoreTests
{
    private readonly FeedStore<string> _store = new(maxItems: 3, maxWeight: 100);

    public FeedStoreTests() => _store.Fill(new FeedSeed<string>([Entry("b", "10"), Entry("a", "11")], "12", IsComplete: true));

    [Fact]
    public void Items_come_in_the_order_of_their_names_and_follow_changes()
    {
        _store.Items.ShouldBe(["a 11", "b 10"]);

        _store.Apply(WatchEventType.Added, Entry("aa", "13"));
        _store.Apply(WatchEventType.Modified, Entry("b", "14"));
        _store.Apply(WatchEventType.Deleted, Entry("a", "15"));

        _store.Items.ShouldBe(["aa 13", "b 14"]);
        _store.Version.ShouldBe("15");
    }

    [Fact]
    public void A_bookmark_moves_the_version_and_changes_nothing()
    {
        var change = _store.Change;

        _store.Apply(WatchEventType.Bookmark, Entry("", "40"));

        (_store.Version, _store.Change).ShouldBe(("40", change));
    }

    [Fact]
    public void It_is_behind_until_what_was_seen_elsewhere_has_arrived()
    {
        _store.Raise("20");
        _store.IsCaughtUp.ShouldBeFalse();

        _store.Apply(WatchEventType.Modified, Entry("a", "19"));
        _store.IsCaughtUp.ShouldBeFalse();

        _store.Apply(WatchEventType.Modified, Entry("b", "20"));
        _store.IsCaughtUp.ShouldBeTrue();
    }

    [Fact]
    public void It_is_behind_until_a_deleted_object_is_gone()
    {
        _store.ExpectDeletion("a");
        _store.IsCaughtUp.ShouldBeFalse();

        _store.Apply(WatchEventType.Deleted, Entry("a", "13"));
        _store.IsCaughtUp.ShouldBeTrue();
    }

    [Fact]
    public void A_deletion_that_waits_for_a_finalizer_has_arrived_when_the_object_says_that_it_goes()
    {
        _store.ExpectDeletion("a");

        _store.Apply(WatchEventType.Modified, Entry("a", "13") with { IsDeleting = true });

        _store.IsCaughtUp.ShouldBeTrue();
    }

    [Fact]
    public void An_object_that_came_again_under_the_name_of_a_deleted_one_is_not_waited_for()
    {
        _store.ExpectDeletion("a");

        _store.Apply(WatchEventType.Deleted, Entry("a", "13"));
        _store.Apply(WatchEventType.Added, Entry("a", "14") with { Uid = "another" });

        _store.IsCaughtUp.ShouldBeTrue();
    }

    [Fact]
    public void Too_many_objects_are_refused()
    {
        _store.Apply(WatchEventType.Added, Entry("c", "13"));

        Should.Throw<FeedRefusedException>(() => _store.Apply(WatchEventType.Added, Entry("d", "14")));
    }

    [Fact]
    public void Too_heavy_objects_are_refused_and_a_lighter_version_takes_the_place_of_a_heavier()
    {
        _store.Apply(WatchEventType.Modified, Entry("a", "13") with { Weight = 80 });
        _store.Apply(WatchEventType.Modified, Entry("a", "14") with { Weight = 10 });
        _store.Apply(WatchEventType.Modified, Entry("b", "15") with { Weight = 80 });

        Should.Throw<FeedRefusedException>(() => _store.Apply(WatchEventType.Modified, Entry("a", "16") with { Weight = 21 }));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("-1")]
    public void Versions_that_cannot_be_compared_are_refused(string? version) =>
        Should.Throw<FeedRefusedException>(() => _store.Fill(new FeedSeed<string>([], version, IsComplete: true)));

    [Fact]
    public void An_incomplete_listing_is_refused() =>
        Should.Throw<FeedRefusedException>(() => _store.Fill(new FeedSeed<string>([], "1", IsComplete: false)));

    private static FeedEntry<string> Entry(string name, string version) => new(name, $"uid-{name}", version, IsDeleting: false, Weight: 10, $"{name} {version}");
}
