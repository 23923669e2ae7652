using System.Globalization;
using InfraGate.RealParts.Files;
using InfraGate.RealParts.Processes;
using InfraGate.RealParts.Waiting;
using Npgsql;
using Xunit;

namespace InfraGate.RealParts.Postgres;

/// <summary>A real PostgreSQL 15 (Debian's package) with its own data folder in memory, on a free loopback port. Each test takes its own database.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private const string Programs = "/usr/lib/postgresql/15/bin";
    private const string SystemUser = "postgres";
    private const string Superuser = "infragate";
    private static readonly TimeSpan InitDeadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(30);

    private readonly string _password = Guid.NewGuid().ToString("N");
    private TemporaryFolder? _folder;
    private RunningProcess? _server;
    private int _port;

    /// <summary>The server process, to be stopped and continued by tests of an unreachable database.</summary>
    public RunningProcess Server => _server ?? throw new InvalidOperationException("PostgreSQL is not started.");

    public async Task InitializeAsync()
    {
        try
        {
            _folder = TemporaryFolder.CreateInMemory("postgres");
            await InitialiseDataFolderAsync(_folder, _password);
            _port = FreePorts.Find(1)[0];
            _server = Start("postgres",
            [
                "-D", _folder.File("data"), "-p", _port.ToString(CultureInfo.InvariantCulture), "-h", "127.0.0.1", "-k", _folder.Path,
                // Nobody needs these data after the run.
                "-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_connections=200", "-c", "shared_buffers=32MB",
            ]);
            await Eventually.TrueAsync(AnswersAsync, StartDeadline);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <summary>Creates an empty database and returns its connection string.</summary>
    public async Task<string> NewDatabaseAsync(CancellationToken cancellationToken = default)
    {
        var name = $"test_{Guid.NewGuid():N}";
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"CREATE DATABASE {name}";
        await command.ExecuteNonQueryAsync(cancellationToken);
        return ConnectionString(name);
    }

    public async Task DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_server is not null)
        {
            // "Fast shutdown": ends the sessions and removes its shared memory, which SIGKILL would leave behind.
            if (!_server.HasExited)
            {
                _server.Send(Signal.Continue);
                _server.Send(Signal.Interrupt);
                await _server.WaitForExitAsync(StartDeadline);
            }
            await _server.DisposeAsync();
        }
        _folder?.Dispose();
        (_server, _folder) = (null, null);
    }

    private static async Task InitialiseDataFolderAsync(TemporaryFolder folder, string password)
    {
        var passwordFile = folder.Write("password", password);
        if (Environment.IsPrivilegedProcess)
            await RunAsync("chown", ["-R", SystemUser, folder.Path]);
        await using var initdb = Start("initdb",
            ["-D", folder.File("data"), "-U", Superuser, "--pwfile", passwordFile, "-A", "scram-sha-256", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]);
        if (await initdb.WaitForExitAsync(InitDeadline) != 0)
            throw initdb.Failure("could not initialise its data folder");
    }

    private static async Task RunAsync(string program, IReadOnlyList<string> arguments)
    {
        await using var process = RunningProcess.Start(new ProcessPlan(program, program) { Arguments = arguments });
        if (await process.WaitForExitAsync(StartDeadline) != 0)
            throw process.Failure("failed");
    }

    // PostgreSQL refuses to run as root; setpriv replaces itself with the program, so that signals reach the server.
    private static RunningProcess Start(string program, IReadOnlyList<string> arguments)
    {
        var path = Path.Combine(Programs, program);
        return RunningProcess.Start(Environment.IsPrivilegedProcess
            ? new ProcessPlan(program, "setpriv") { Arguments = [$"--reuid={SystemUser}", $"--regid={SystemUser}", "--clear-groups", path, .. arguments] }
            : new ProcessPlan(program, path) { Arguments = arguments });
    }

    private async Task<bool> AnswersAsync()
    {
        if (Server.HasExited)
            throw Server.Failure("ended while it was starting");
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            // Not listening, or still starting up.
            return false;
        }
    }

    private string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = _port,
        Username = Superuser,
        Password = _password,
        Database = database,
        Timeout = 5,
    }.ConnectionString;
}
