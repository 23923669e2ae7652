using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using InfraGate.McpGateway.Configuration;
using Polly;
using Polly.Retry;

namespace InfraGate.McpGateway.Approvals.Webhooks;

/// <summary>
/// Posts messages with a signature: <c>X-InfraGate-Signature: t=UNIX,v1=HEX</c>, where HEX is HMAC-SHA256 with the shared secret over <c>UNIX.BODY</c>. The time lets a receiver refuse
/// replays. Retries what may pass: no answer, 408, 429 and 5xx, five times with growing pauses.
/// </summary>
internal sealed class WebhookSender : IDisposable
{
    /// <summary>The header of the signature.</summary>
    public const string SignatureHeader = "X-InfraGate-Signature";

    private readonly HttpClient _http;
    private readonly WebhookOptions _options;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline<HttpStatusCode?> _retry;

    /// <summary>Sends to the configured receiver.</summary>
    public WebhookSender(WebhookOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = TimeSpan.FromSeconds(10) };
        _retry = new ResiliencePipelineBuilder<HttpStatusCode?> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<HttpStatusCode?>
            {
                ShouldHandle = arguments => ValueTask.FromResult(MayPass(arguments.Outcome.Result)),
                MaxRetryAttempts = 5,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.FirstPause,
            })
            .Build();
    }

    /// <summary>Null when the receiver took the message; else why not, in a few words.</summary>
    public async Task<string?> TrySendAsync(WebhookMessage message, CancellationToken cancel)
    {
        var body = message.ToBytes();
        var status = await _retry.ExecuteAsync(async token => await PostAsync(body, token), cancel);
        return status switch
        {
            null => "no answer",
            { } code when (int)code is >= 200 and < 300 => null,
            { } code => string.Create(CultureInfo.InvariantCulture, $"status {(int)code}"),
        };
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private async Task<HttpStatusCode?> PostAsync(byte[] body, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _options.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add(SignatureHeader, Sign(body));
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            return response.StatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            return null;
        }
    }

    private string Sign(byte[] body)
    {
        var at = _time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes(at + "."), .. body];
        return $"t={at},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(_options.Secret), signed))}";
    }

    private static bool MayPass(HttpStatusCode? status) => status is null or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status >= 500;
}
