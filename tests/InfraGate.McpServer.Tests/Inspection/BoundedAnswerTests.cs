using InfraGate.McpServer.Inspection;
using InfraGate.McpServer.Inspection.Diagnostics;
using InfraGate.McpServer.Inspection.Events;
using InfraGate.McpServer.Kubernetes.Models;

namespace InfraGate.McpServer.Tests.Inspection;

public sealed class BoundedAnswerTests
{
    [Theory]
    [InlineData(4000)]
    [InlineData(1500)]
    public void Where_lists_of_one_item_are_too_much_long_texts_are_cut_and_say_so(int budget)
    {
        var (value, answer) = BoundedAnswer.FitValue(budget, 10, Build, InspectionJson.Default.EventsAnswer);

        BoundedAnswer.Size(answer).ShouldBeLessThanOrEqualTo(budget);
        value.Events.ShouldHaveSingleItem().Message.ShouldEndWith("...");
        value.Events[0].Object.ShouldBe("Pod/a-name-that-stays-whole-however-long-it-is");
        value.Namespace.ShouldBe("shop");
        answer.Structured.GetProperty("summary").GetString().ShouldBe(value.Summary);

        static EventsAnswer Build(int items) => new(
            "shop",
            new string('s', 900),
            [.. Enumerable.Range(0, items).Select(_ => new EventLine("Pod/a-name-that-stays-whole-however-long-it-is", "BackOff", null, 1, "unknown", new string('m', 900), [new string('o', 900)]))],
            Omitted: null);
    }

    [Fact]
    public void An_answer_that_fits_is_left_as_it_is()
    {
        var value = new EventsAnswer("shop", new string('s', 900), [], null);

        BoundedAnswer.FitValue(4000, 10, _ => value, InspectionJson.Default.EventsAnswer).Value.ShouldBeSameAs(value);
    }

    [Fact]
    public void A_Pod_that_is_long_in_every_part_fits_the_budget_of_its_diagnosis()
    {
        var words = string.Concat(Enumerable.Repeat("ünïcödé ", 200));
        var names = Enumerable.Range(0, 60).Select(number => $"container-{number}-{new string('x', 63)}"[..63]).ToList();
        var ended = new TerminatedState("OOMKilled", words, 137, null, null, DateTimeOffset.UnixEpoch);
        var pod = new Pod
        {
            Metadata = new ObjectMeta { Name = new string('p', 253) },
            Spec = new PodSpec { Containers = [.. names.Select(name => new Container { Name = name, Image = words, LivenessProbe = new Probe { HttpGet = new HttpProbe(words, null, null) } })] },
            Status = new PodStatus
            {
                Phase = "Running",
                Conditions = [.. Enumerable.Range(0, 30).Select(number => new Condition { Type = $"{words}{number}", Status = "False", Reason = words, Message = words })],
                ContainerStatuses = [.. names.Select(name => new ContainerStatus { Name = name, State = new ContainerState(new WaitingState(words, words), null, null), LastState = new ContainerState(null, null, ended) })],
            },
        };
        var diagnosis = new PodDiagnosis("shop", pod, EventDigest.Empty, TimeProvider.System);

        var answer = BoundedAnswer.Fit(8 * 1024, 100, diagnosis.Build, InspectionJson.Default.PodDiagnostics);

        BoundedAnswer.Size(answer).ShouldBeLessThanOrEqualTo(8 * 1024);
        answer.Structured.GetProperty("pod").GetString().ShouldBe(new string('p', 253));
        answer.Structured.GetProperty("omitted").EnumerateArray().Select(line => line.GetString()!.Split(';')[0]).ShouldContain("22 more conditions");
    }
}
