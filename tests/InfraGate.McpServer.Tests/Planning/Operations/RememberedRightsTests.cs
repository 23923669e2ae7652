using InfraGate.McpServer.Hosting;
using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Planning.Operations;
using InfraGate.McpServer.Tests.Support;
using InfraGate.RealParts.Time;

namespace InfraGate.McpServer.Tests.Planning.Operations;

public sealed class RememberedRightsTests : IDisposable
{
    private readonly ShiftedTime _time = new();
    private readonly ClientUnderTest _cluster = ClientUnderTest.For(new Uri("http://127.0.0.1:1"), impersonate: true);
    private readonly RememberedRights _rights;

    public RememberedRightsTests()
    {
        _rights = new RememberedRights(_time);
        _rights.Allowed(As("alice", "sre"), "patch", ApiResource.Deployments, "web");
    }

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public void What_was_allowed_is_known_for_half_a_minute()
    {
        Knows("alice", "sre").ShouldBeTrue();
        _time.Forward(TimeSpan.FromSeconds(29));
        Knows("alice", "sre").ShouldBeTrue();
        _time.Forward(TimeSpan.FromSeconds(1));
        Knows("alice", "sre").ShouldBeFalse();
    }

    [Fact]
    public void What_one_identity_may_says_nothing_of_another()
    {
        Knows("mallory", "sre").ShouldBeFalse();
        Knows("alice").ShouldBeFalse();
        Knows("alice", "sre", "dev").ShouldBeFalse();
    }

    [Fact]
    public void Another_verb_kind_or_object_is_another_right()
    {
        _rights.Knows(As("alice", "sre"), "create", ApiResource.Deployments, "web").ShouldBeFalse();
        _rights.Knows(As("alice", "sre"), "patch", ApiResource.Services, "web").ShouldBeFalse();
        _rights.Knows(As("alice", "sre"), "patch", ApiResource.Deployments, "shop").ShouldBeFalse();
    }

    private bool Knows(string subject, params string[] groups) => _rights.Knows(As(subject, groups), "patch", ApiResource.Deployments, "web");

    private NamespaceClient As(string subject, params string[] groups) =>
        _cluster.Access.Open(Caller.LocalUser("test") with { Subject = subject, Groups = groups }, clusterName: null, ClientUnderTest.Namespace);
}
