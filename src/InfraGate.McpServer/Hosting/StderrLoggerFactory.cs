using System.Buffers;
using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using InfraGate.Plans.Redaction;
using Microsoft.Extensions.Logging;

namespace InfraGate.McpServer.Hosting;

/// <summary>Writes each log entry, without credentials, as one line of JSON to stderr; stdout belongs to the protocol.</summary>
internal sealed class StderrLoggerFactory(Stream output, TimeProvider time) : ILoggerFactory
{
    private static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly CredentialDetector _credentials = new();
    private readonly Lock _lock = new();

    public ILogger CreateLogger(string categoryName) =>
        new StderrLogger(this, categoryName, categoryName.StartsWith("InfraGate.", StringComparison.Ordinal) ? LogLevel.Information : LogLevel.Warning);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("There is one log, on stderr.");

    public void Dispose() => output.Dispose();

    private void Write(LogLevel level, string category, EventId eventId, string message, Exception? exception)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, Format))
        {
            writer.WriteStartObject();
            writer.WriteString("time", time.GetUtcNow());
            writer.WriteString("level", level.ToString());
            writer.WriteString("category", category);
            writer.WriteString("event", eventId.Name);
            writer.WriteString("message", _credentials.Redact(message));
            if (exception is not null)
            {
                writer.WriteString("exception", _credentials.Redact(exception.ToString()));
            }

            if (Activity.Current is { } activity)
            {
                writer.WriteString("trace", activity.TraceId.ToHexString());
                writer.WriteString("span", activity.SpanId.ToHexString());
            }

            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        lock (_lock)
        {
            output.Write(buffer.WrittenSpan);
            output.Flush();
        }
    }

    private sealed class StderrLogger(StderrLoggerFactory log, string category, LogLevel least) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            WriteEnabled(logLevel, eventId, formatter(state, exception), exception);

        private void WriteEnabled(LogLevel level, EventId eventId, string message, Exception? exception)
        {
            if (IsEnabled(level))
            {
                log.Write(level, category, eventId, message, exception);
            }
        }
    }
}
