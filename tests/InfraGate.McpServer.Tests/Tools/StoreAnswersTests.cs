using InfraGate.McpServer.Tests.Support;
using InfraGate.McpServer.Tools;
using InfraGate.Plans.Storage;

namespace InfraGate.McpServer.Tests.Tools;

public sealed class StoreAnswersTests
{
    [Theory]
    [InlineData(PlanStoreFailure.Busy, "timeout", "locked by others", "Wait a few seconds")]
    [InlineData(PlanStoreFailure.Full, "cluster_unavailable", "no space left", "must free space under K8S_MCP_APPROVAL_ROOT")]
    [InlineData(PlanStoreFailure.Unavailable, "cluster_unavailable", "the cluster is not the cause", "K8S_MCP_DATABASE")]
    public void A_store_that_fails_is_told_with_what_helps_and_that_the_same_call_may_be_made_again(PlanStoreFailure failure, string code, string message, string hint)
    {
        var answer = ErrorAnswers.Of(new PlanStoreException("secret/path is broken") { Failure = failure });

        var error = answer.StructuredContent!.Value.GetProperty("error");
        error.GetProperty("code").GetString().ShouldBe(code);
        error.GetProperty("message").GetString()!.ShouldContain(message);
        error.GetProperty("hint").GetString()!.ShouldContain(hint);
        error.GetProperty("hint").GetString()!.ShouldEndWith("then make the same call again: a plan runs at most once, whatever was answered.");
        ServerUnderTest.Text(answer).ShouldNotContain("secret/path");
    }
}
