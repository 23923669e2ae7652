using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Planning;
using InfraGate.McpServer.Tests.Support;
using InfraGate.RealParts.Time;

namespace InfraGate.McpServer.Tests.Planning;

public sealed class ServedVersionsTests
{
    private static readonly ApiResource Newer = new("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget");
    private static readonly ApiResource Older = Newer with { Version = "v1beta1" };

    private readonly ShiftedTime _time = new();
    private readonly ServedVersions _served;

    public ServedVersionsTests() => _served = new ServedVersions(_time);

    [Fact]
    public void The_newest_version_is_asked_for_first_as_long_as_none_has_answered() => InOrder().ShouldBe([Newer, Older]);

    [Fact]
    public void A_version_that_answered_comes_first_and_the_others_after_it()
    {
        _served.Answered("one", Older);

        InOrder().ShouldBe([Older, Newer]);
    }

    [Fact]
    public void What_one_cluster_serves_says_nothing_of_another()
    {
        _served.Answered("one", Older);

        _served.InOrder("two", [Newer, Older]).ShouldBe([Newer, Older]);
    }

    [Fact]
    public void The_newest_is_asked_for_again_after_ten_minutes_however_often_the_older_one_answered()
    {
        _served.Answered("one", Older);
        _time.Forward(TimeSpan.FromMinutes(9));
        _served.Answered("one", Older);
        InOrder().ShouldBe([Older, Newer]);

        _time.Forward(TimeSpan.FromMinutes(2));

        InOrder().ShouldBe([Newer, Older]);
    }

    private IEnumerable<ApiResource> InOrder() => _served.InOrder("one", [Newer, Older]);
}
