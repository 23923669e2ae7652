using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using InfraGate.RealParts.Waiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace InfraGate.McpGateway.Tests.Approvals.Webhooks;

/// <summary>Receives webhooks and answers with the statuses that a test wants, the last one for ever.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<HttpStatusCode> _answers;

    private WebhookReceiver(WebApplication app, IEnumerable<HttpStatusCode> answers)
    {
        _app = app;
        _answers = new(answers);
    }

    public string Url => _app.Urls.First() + "/hook";

    public ConcurrentQueue<ReceivedHook> Received { get; } = [];

    public static async Task<WebhookReceiver> StartAsync(params HttpStatusCode[] answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new WebhookReceiver(builder.Build(), answers);
        receiver._app.MapPost("/hook", receiver.ReceiveAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    public Task<ConcurrentQueue<ReceivedHook>> WaitForAsync(int count) => Eventually.GetAsync(() => Task.FromResult(Received), received => received.Count >= count);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<IResult> ReceiveAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        Received.Enqueue(new ReceivedHook(request.Headers["X-InfraGate-Signature"].ToString(), await reader.ReadToEndAsync()));
        var answer = _answers.Count > 1 && _answers.TryDequeue(out var next) ? next : _answers.TryPeek(out var last) ? last : HttpStatusCode.NoContent;
        return Results.StatusCode((int)answer);
    }
}

/// <summary>One delivery.</summary>
internal sealed record ReceivedHook(string Signature, string Body)
{
    public JsonObject Message => JsonNode.Parse(Body)!.AsObject();

    public string Plan => (string)Message["planId"]!;
}
