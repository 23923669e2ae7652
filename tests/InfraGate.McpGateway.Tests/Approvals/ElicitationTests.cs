using System.Collections.Concurrent;
using InfraGate.McpGateway.Tests.Support;
using InfraGate.Plans;
using InfraGate.Plans.Lifecycle;
using InfraGate.RealParts.Waiting;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace InfraGate.McpGateway.Tests.Approvals;

/// <summary>The official client is handed the link by URL elicitation; in revision 2026-07-28 through the input-required result.</summary>
public sealed class ElicitationTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    [Theory]
    [InlineData("2025-11-25", "accept")]
    [InlineData("2025-11-25", "decline")]
    [InlineData("2026-07-28", "accept")]
    [InlineData("2026-07-28", "cancel")]
    public async Task A_client_that_can_open_a_page_is_asked_to_and_its_answer_decides_nothing(string revision, string action)
    {
        var plan = await fixture.Gateway.AddPlanAsync();
        var asked = new ConcurrentQueue<ElicitRequestParams>();
        await using var client = await ConnectAsync(revision, asked, new ElicitationCapability { Url = new UrlElicitationCapability() }, action);
        var before = fixture.Gateway.Journaled("apply_approved_plan");

        var result = await CallAsync(client, plan);

        result.IsError.ShouldBe(true);
        result.StructuredContent!.Value.GetProperty("error").GetProperty("code").GetString().ShouldBe("approval_required");
        await Eventually.TrueAsync(() => Task.FromResult(!asked.IsEmpty));
        var request = asked.ShouldHaveSingleItem();
        request.Mode.ShouldBe("url");
        request.Url.ShouldNotBeNull().ShouldStartWith(fixture.Gateway.Url + "/approvals/c/");
        request.Message.ShouldContain(plan.Id.Value);
        (await fixture.Gateway.Store().FindAsync(plan.Id))!.Status.ShouldBe(PlanStatus.Pending);
        fixture.Gateway.Journaled("apply_approved_plan").ShouldBe(before);
    }

    [Theory]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task A_client_that_only_fills_in_forms_is_not_asked(string revision)
    {
        var plan = await fixture.Gateway.AddPlanAsync();
        var asked = new ConcurrentQueue<ElicitRequestParams>();
        await using var client = await ConnectAsync(revision, asked, new ElicitationCapability { Form = new FormElicitationCapability() }, "accept");

        var result = await CallAsync(client, plan);

        result.StructuredContent!.Value.GetProperty("error").GetProperty("details").GetProperty("approvalUrl").GetString().ShouldNotBeNull();
        asked.ShouldBeEmpty();
    }

    private static async Task<CallToolResult> CallAsync(McpClient client, Plan plan) =>
        await client.CallToolAsync("apply_approved_plan", new Dictionary<string, object?> { ["planId"] = plan.Id.Value });

    private Task<McpClient> ConnectAsync(string revision, ConcurrentQueue<ElicitRequestParams> asked, ElicitationCapability capability, string action)
    {
        var transport = new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = new Uri(fixture.Gateway.Resource),
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = "Bearer " + fixture.Gateway.Issuer.Token(fixture.Gateway.Resource) },
        });
        return McpClient.CreateAsync(transport, new McpClientOptions
        {
            ProtocolVersion = revision,
            Capabilities = new ClientCapabilities { Elicitation = capability },
            Handlers = new McpClientHandlers
            {
                ElicitationHandler = (request, _) =>
                {
                    asked.Enqueue(request!);
                    return ValueTask.FromResult(new ElicitResult { Action = action });
                },
            },
        });
    }
}
