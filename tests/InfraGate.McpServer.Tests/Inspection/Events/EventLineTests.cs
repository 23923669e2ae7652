using InfraGate.McpServer.Inspection.Events;
using InfraGate.McpServer.Kubernetes.Models;
using InfraGate.McpServer.Tests.Support;

namespace InfraGate.McpServer.Tests.Inspection.Events;

public sealed class EventLineTests
{
    [Fact]
    public void No_message_of_a_group_is_cut_in_the_middle_of_a_credential()
    {
        var group = new EventGroup("Pod", "web", "Failed", "Warning");
        group.Add(new EventRecord { Note = LongText.WithPasswordAt(300) });
        group.Add(new EventRecord { Note = $"{LongText.WithPasswordAt(300)} again" });

        var line = EventLine.Of(group);

        line.Message.ShouldNotContain(LongText.PasswordStart);
        line.More.ShouldHaveSingleItem().ShouldNotContain(LongText.PasswordStart);
    }
}
