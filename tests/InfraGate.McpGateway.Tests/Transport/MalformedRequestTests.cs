using System.Net;
using System.Text;
using InfraGate.McpGateway.Tests.Support;

namespace InfraGate.McpGateway.Tests.Transport;

public sealed class MalformedRequestTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    [Theory]
    [InlineData("{", -32700, null)]
    [InlineData("", -32700, null)]
    [InlineData("null", -32600, null)]
    [InlineData("[]", -32600, null)]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"method":"ping"}]""", -32600, null)]
    [InlineData("""{"jsonrpc":"1.0","id":"x7","method":"ping"}""", -32600, "x7")]
    [InlineData("""{"id":"x8","method":"ping"}""", -32600, "x8")]
    [InlineData("""{"jsonrpc":"2.0","id":"x9","method":7}""", -32600, "x9")]
    [InlineData("""{"jsonrpc":"2.0","id":"a","method":"ping"} {"jsonrpc":"2.0","id":"b","method":"ping"}""", -32700, null)]
    public async Task What_is_no_message_is_refused_with_its_id_where_it_can_be_read(string body, int code, string? id)
    {
        using var client = fixture.Gateway.ClientOf("alice");
        using var response = await client.SendAsync(client.Post(body));
        var answer = await WireAnswer.ReadAsync(response);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        ((int?)answer.Error["code"]).ShouldBe(code);
        ((string?)answer.Last["id"]).ShouldBe(id);
    }

    [Theory]
    [InlineData("infragate.dev/check_plan")]
    [InlineData("get_secrets")]
    [InlineData("GET_ECHO")]
    public async Task A_tool_that_is_not_listed_cannot_be_called(string tool)
    {
        using var client = fixture.Gateway.ClientOf("alice");
        await client.InitializeAsync();
        var answer = await client.CallAsync(tool);

        ((int?)answer.Error["code"]).ShouldBe(-32602);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused()
    {
        using var client = fixture.Gateway.ClientOf("alice");
        var body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + new string('x', 1_100_000) + "\"}";
        using var response = await client.SendAsync(client.Post(body));

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("application/json", HttpStatusCode.NotAcceptable)]
    [InlineData("text/event-stream", HttpStatusCode.NotAcceptable)]
    [InlineData("text/html", HttpStatusCode.NotAcceptable)]
    [InlineData("application/json;q=0.9, text/event-stream;q=0.8", HttpStatusCode.OK)]
    [InlineData("*/*", HttpStatusCode.OK)]
    public async Task A_post_must_accept_both_forms_of_answer(string accept, HttpStatusCode status)
    {
        using var client = fixture.Gateway.ClientOf("alice");
        using var request = client.Post("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"a","version":"1"}}}""");
        request.Headers.Remove("Accept");
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await client.SendAsync(request);

        response.StatusCode.ShouldBe(status);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task A_form_cannot_post_a_message(string mediaType)
    {
        // A page of another site may send these without asking first.
        using var client = fixture.Gateway.ClientOf("alice");
        using var request = client.Post("");
        request.Content = new StringContent("""{"jsonrpc":"2.0","id":1,"method":"ping"}""", Encoding.UTF8, mediaType);
        using var response = await client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }
}
