using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using InfraGate.EndToEnd.Tests.Agents;

namespace InfraGate.EndToEnd.Tests.Skill;

/// <summary>The skill is a contract: what it says to type works, and the expected signs are seen.</summary>
[Collection(InASkillCheckout.Name)]
public sealed class SkillCommandTests(SkillCheckout checkout)
{
    [Fact]
    public async Task Initialize_by_curl_answers_200_with_an_event_stream_and_a_session_id()
    {
        var (code, output) = await checkout.RunAsync(SkillCommands.Initialize, checkout.Token);

        // curl's own limit of 5 s may end a stream that the server keeps open; that is no failure.
        code.ShouldBeOneOf(0, 28);
        output.ShouldContain("HTTP/1.1 200 OK");
        output.ShouldContain("Content-Type: text/event-stream", Case.Insensitive);
        output.ShouldContain("Mcp-Session-Id: ", Case.Insensitive);
        output.ShouldContain("\"protocolVersion\":\"2024-11-05\"");
        output.ShouldContain("\"serverInfo\"");
    }

    [Theory]
    [InlineData("")]
    [InlineData("not-a-token")]
    public async Task Initialize_by_curl_without_a_good_token_answers_401_with_a_pointer_to_metadata_that_names_the_issuer(string token)
    {
        var (_, output) = await checkout.RunAsync(SkillCommands.Initialize, token);

        output.ShouldContain("HTTP/1.1 401 Unauthorized");
        output.ShouldContain("resource_metadata=\"http://127.0.0.1:3001/.well-known/oauth-protected-resource", Case.Insensitive);
        using var http = new HttpClient();
        var metadata = JsonSerializer.Deserialize<JsonElement>(await http.GetStringAsync(new Uri("http://127.0.0.1:3001/.well-known/oauth-protected-resource/mcp")));
        metadata.GetProperty("resource").GetString().ShouldBe("http://127.0.0.1:3001/mcp");
        metadata.GetProperty("authorization_servers")[0].GetString().ShouldBe("http://127.0.0.1:3011");
        metadata.GetProperty("scopes_supported")[0].GetString().ShouldBe("mcp:tools");
    }

    [Fact]
    public async Task A_plain_GET_with_a_good_token_says_that_a_session_id_is_required()
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, SkillCheckout.Endpoint);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", checkout.Token);
        request.Headers.Accept.ParseAdd("text/event-stream");

        using var answer = await http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var body = await answer.Content.ReadAsStringAsync();
        body.ShouldContain("Mcp-Session-Id");
        body.ShouldContain("required");
    }

    [Fact]
    public async Task The_default_namespace_is_inspected_as_the_skill_begins_and_plans_are_kept_where_it_says()
    {
        await using var agent = await AgentSession.OpenAsync(SkillCheckout.Endpoint, checkout.Token);

        (await agent.CallAsync("get_allowed_namespaces")).Text.ShouldContain("mcp-nginx-demo");
        (await agent.CallAsync("get_k8s_status", ("namespace", "mcp-nginx-demo"))).Text.ShouldContain("nginx-demo");
        var plan = await agent.PlanImageAsync("mcp-nginx-demo", "nginx:1.27.3");
        var waiting = await agent.ApplyAsync(plan);

        waiting.ApprovalLink.GetLeftPart(UriPartial.Authority).ShouldBe("http://127.0.0.1:3001");
        File.Exists(RealParts.Files.RepositoryFolders.InRepository(".mcp-approvals", "infragate.db")).ShouldBeTrue();
    }
}
