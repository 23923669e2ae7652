namespace InfraGate.Bench.Load;

/// <summary>Plain GETs to the API server: the floor that nothing which asks it can get below.</summary>
internal sealed class GetWorker(HttpClient http, string path) : IWorker
{
    private readonly byte[] _buffer = new byte[64 * 1024];

    public async Task<CallOutcome> CallAsync(CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var length = 0;
        while (await stream.ReadAsync(_buffer, cancellationToken) is > 0 and var read)
            length += read;
        return new CallOutcome(length, response.IsSuccessStatusCode ? null : $"{(int)response.StatusCode} for {path}");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
