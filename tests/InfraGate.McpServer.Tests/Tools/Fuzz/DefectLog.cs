using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace InfraGate.McpServer.Tests.Tools.Fuzz;

/// <summary>Keeps what the server itself calls a defect: an error in its log.</summary>
internal sealed class DefectLog : ILoggerFactory, ILogger
{
    public ConcurrentQueue<string> Defects { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            Defects.Enqueue($"{formatter(state, exception)}: {exception}");
        }
    }

    public void Dispose()
    {
    }
}
