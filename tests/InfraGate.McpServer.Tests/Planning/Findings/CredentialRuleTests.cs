using System.Text.Json.Nodes;
using InfraGate.McpServer.Planning;
using InfraGate.McpServer.Planning.Findings;
using InfraGate.McpServer.Planning.Objects;
using InfraGate.McpServer.Tests.Support;
using InfraGate.Plans;
using InfraGate.Plans.Findings;
using InfraGate.Plans.Policy;
using InfraGate.Plans.Redaction;

namespace InfraGate.McpServer.Tests.Planning.Findings;

public sealed class CredentialRuleTests
{
    private const string Path = "spec.template.spec.containers[name=web].";

    [Theory]
    [InlineData("""{"args":["--password","hunter2X9"]}""", "args[1]")]
    [InlineData("""{"command":["web","--password"],"args":["hunter2X9"]}""", "args[0]")]
    [InlineData("""{"command":["redis-cli"],"args":["-a","hunter2X9"]}""", "args[1]")]
    [InlineData("""{"command":["mysqladmin","-phunter2X9"]}""", "command[1]")]
    [InlineData("""{"livenessProbe":{"exec":{"command":["redis-cli","-a","hunter2X9"]}}}""", "livenessProbe.exec.command[2]")]
    [InlineData("""{"readinessProbe":{"exec":{"command":["curl","-u","admin:hunter2X9"]}}}""", "readinessProbe.exec.command[2]")]
    [InlineData("""{"startupProbe":{"exec":{"command":["web","--token=hunter2X9"]}}}""", "startupProbe.exec.command[1]")]
    [InlineData("""{"lifecycle":{"postStart":{"exec":{"command":["web","--token","hunter2X9"]}}}}""", "lifecycle.postStart.exec.command[2]")]
    [InlineData("""{"lifecycle":{"preStop":{"exec":{"command":["mysqladmin","-phunter2X9"]}}}}""", "lifecycle.preStop.exec.command[1]")]
    public void A_credential_in_a_command_line_is_found_where_it_stands(string container, string path)
    {
        var observation = Look(container).ShouldHaveSingleItem();

        (observation.Code, observation.Path).ShouldBe((FindingCodes.PlainSecret, Path + path));
        observation.Message.ShouldNotContain("hunter2X9");
    }

    [Theory]
    [InlineData("""{"command":["web","--password","$(DB_PASSWORD)"],"args":["--token-file","/run/secrets/token"]}""")]
    [InlineData("""{"readinessProbe":{"exec":{"command":["mysqladmin","-p$(DB_PASSWORD)","ping"]}}}""")]
    [InlineData("""{"readinessProbe":{"httpGet":{"port":80}},"lifecycle":{"preStop":{"sleep":{"seconds":5}}}}""")]
    public void A_reference_to_one_is_not(string container) => Look(container).ShouldBeEmpty();

    private static IReadOnlyList<Observation> Look(string container)
    {
        var result = Workloads.Deployment("shop", "web", "registry.local/web:1", change: deployment =>
        {
            foreach (var (key, value) in JsonNode.Parse(container)!.AsObject())
            {
                Workloads.Container(deployment)[key] = value?.DeepClone();
            }
        });
        var target = new DraftTarget
        {
            Kind = ObjectKind.Deployment,
            Name = "web",
            Change = TargetChange.Update,
            Uid = "1",
            Live = null,
            Result = result,
            Sent = null,
            Request = new PlannedRequest("PATCH", "/", "", null, null, null),
        };
        return [.. new CredentialRule(new CredentialDetector()).Look(new PlanDraft(PlanOperation.Apply, "shop", [target], Surroundings.None, EffectivePolicy.Default))];
    }
}
