using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using InfraGate.McpServer.Hosting;
using InfraGate.McpServer.Kubernetes.Config;
using InfraGate.McpServer.Kubernetes.Credentials;
using Microsoft.Extensions.Logging;
using Polly;

namespace InfraGate.McpServer.Kubernetes.Http;

/// <summary>
/// Sends requests to one cluster: credential, time limit, one renewal after a 401, retries of safe requests, and failures as <see cref="KubernetesException"/>.
/// </summary>
internal sealed partial class ClusterTransport : IDisposable
{
    private readonly ClusterConnection _connection;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ResiliencePipeline _retry;
    private readonly Lock _lock = new();
    private (X509Certificate2Collection? Certificate, HttpMessageInvoker Invoker)? _pool;

    public ClusterTransport(ClusterConnection connection, TimeProvider time, ILogger logger)
    {
        _connection = connection;
        _time = time;
        _logger = logger;
        _retry = SafeRetry.Create(time, logger);
    }

    public ClusterConnection Connection => _connection;

    /// <summary>Sends the request and reads its answer; <paramref name="read"/> runs again when a safe request is retried.</summary>
    /// <param name="read">Reads the body of a successful answer as it arrives.</param>
    /// <exception cref="KubernetesException">There was no success.</exception>
    public async Task<T> SendAsync<T>(ApiRequest request, Func<ApiAnswer, CancellationToken, ValueTask<T>> read, CancellationToken cancellationToken)
    {
        using var activity = ServerTelemetry.Source.StartActivity($"kubernetes {request.Method.Method}", ActivityKind.Client);
        activity?.SetTag("url.path", request.PathAndQuery.Split('?', 2)[0]);
        using var limit = new RequestLimit(request.Timeout, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return request.IsSafe
                ? await _retry.ExecuteAsync(async token => await AttemptAsync(request, read, CredentialAsync, token), linked.Token)
                : await AttemptAsync(request, read, CredentialAsync, linked.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogTimeout(_connection.Name, request.Method.Method, request.Timeout.TotalSeconds);
            throw new KubernetesException(KubernetesFailure.Timeout, $"The API server did not answer within {request.Timeout.TotalSeconds:0} s.", exception);
        }

        ValueTask<PresentedCredential> CredentialAsync() => limit.UncountedAsync(_connection.Credential.GetAsync(cancellationToken));
    }

    public void Dispose()
    {
        _pool?.Invoker.Dispose();
        (_connection.Credential as IDisposable)?.Dispose();
    }

    private async ValueTask<T> AttemptAsync<T>(
        ApiRequest request, Func<ApiAnswer, CancellationToken, ValueTask<T>> read, Func<ValueTask<PresentedCredential>> obtain, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await ExchangeAsync(request, obtain, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                throw await StatusReader.ReadAsync(response, _time, cancellationToken);
            }

            var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            await using (body)
            {
                return await read(ApiAnswer.From(response, body), cancellationToken);
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            var isTls = exception is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError };
            throw new KubernetesException(isTls ? KubernetesFailure.TlsRefused : KubernetesFailure.Unreachable, Describe(exception), exception);
        }
    }

    private async Task<HttpResponseMessage> ExchangeAsync(ApiRequest request, Func<ValueTask<PresentedCredential>> obtain, CancellationToken cancellationToken)
    {
        var credential = await obtain();
        var response = await SendOnceAsync(request, credential, cancellationToken);

        // A refused request was not executed, so even a write may be sent again with a new credential.
        if (response.StatusCode is not HttpStatusCode.Unauthorized || !_connection.Credential.Refuse(credential))
        {
            return response;
        }

        var renewed = await obtain();
        if (ReferenceEquals(renewed, credential))
        {
            return response;
        }

        response.Dispose();
        LogRenewed(_connection.Name);
        return await SendOnceAsync(request, renewed, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendOnceAsync(ApiRequest request, PresentedCredential credential, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(request.Method, new Uri(_connection.Server, request.PathAndQuery))
        {
            Version = request.IsLasting ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        message.Headers.TryAddWithoutValidation("Accept", request.Accept);
        message.Headers.TryAddWithoutValidation("User-Agent", "infragate");
        if (credential.Authorization is { } authorization)
        {
            message.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        if (_connection.TlsServerName is { } serverName)
        {
            // The runtime takes the name it sends (SNI) and verifies from the Host header.
            message.Headers.Host = serverName;
        }

        if ((request.Impersonation ?? _connection.Impersonation) is { } impersonation)
        {
            ImpersonationHeaders.Add(message, impersonation);
        }

        if (request.ContentType is { } contentType)
        {
            message.Content = new ReadOnlyMemoryContent(request.Body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(contentType) } };
        }

        return await Pool(credential.Certificate).SendAsync(message, cancellationToken);
    }

    /// <summary>A client certificate belongs to a connection, so a new one needs a new pool. Requests in flight end on the old, whose idle connections close by themselves.</summary>
    private HttpMessageInvoker Pool(X509Certificate2Collection? certificate)
    {
        lock (_lock)
        {
            if (_pool is not { } pool || !ReferenceEquals(pool.Certificate, certificate))
            {
                pool = (certificate, ClusterHandler.Create(_connection, certificate));
                _pool = pool;
            }

            return pool.Invoker;
        }
    }

    private static string Describe(Exception exception) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "The TLS connection to the API server failed: its certificate or ours is not accepted.",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "The API server's name cannot be resolved.",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "The API server does not accept connections.",
        HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } => "The proxy before the API server refused the connection.",
        _ => "The connection to the API server broke.",
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "Cluster {Cluster}: {Method} had no answer within {Seconds} s")]
    private partial void LogTimeout(string cluster, string method, double seconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "Cluster {Cluster}: the credential was refused and has been renewed")]
    private partial void LogRenewed(string cluster);
}
