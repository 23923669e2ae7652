using System.Net;
using System.Security.Cryptography;
using InfraGate.ApprovalUi.Hosting;
using InfraGate.ApprovalUi.WarmUp;
using InfraGate.Plans;
using InfraGate.Plans.Approval;
using InfraGate.Plans.Grants;
using InfraGate.Plans.Policy;
using InfraGate.Plans.Storage;
using InfraGate.RealParts.Files;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace InfraGate.ApprovalUi.Tests.Support;

/// <summary>The pages on a real socket with the real desk, policy file and SQLite store. Only the sign-in and the cluster are the test's.</summary>
internal sealed class ApprovalHost : IAsyncDisposable
{
    private const string Issuer = "http://127.0.0.1:3011";
    private const string Policy = "test";

    private readonly WebApplication _app;
    private readonly TemporaryFolder _folder;
    private readonly ECDsa _key;

    private ApprovalHost(WebApplication app, TemporaryFolder folder, ECDsa key)
    {
        _app = app;
        _folder = folder;
        _key = key;
        Agent = new AgentStandIn(Store, Time);
    }

    public string Url => _app.Urls.First();

    public IPlanStore Store => _app.Services.GetRequiredService<IPlanStore>();

    public ShiftedTime Time => _app.Services.GetRequiredService<ShiftedTime>();

    public ControlledFreshness Freshness => _app.Services.GetRequiredService<ControlledFreshness>();

    private PageWarmUp Pages => _app.Services.GetRequiredService<PageWarmUp>();

    public ControlledChain Chain => _app.Services.GetRequiredService<ControlledChain>();

    /// <summary>What the host has warned of so far.</summary>
    public IReadOnlyCollection<string> Warnings => _app.Services.GetRequiredService<WarningLog>().Lines;

    /// <summary>What the server would do to plans.</summary>
    public AgentStandIn Agent { get; }

    /// <summary>The policy file in force; writing to it changes the policy.</summary>
    public string PolicyPath => _folder.File("policy.yaml");

    /// <param name="seed">Done before the host serves, as what an earlier run left behind.</param>
    public static async Task<ApprovalHost> StartAsync(string policy = "version: 1\n", Func<ApprovalHost, Task>? seed = null)
    {
        var folder = TemporaryFolder.CreateInMemory("approval-ui");
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        try
        {
            var app = Build(folder, key, folder.Write("policy.yaml", policy));
            await app.Services.GetRequiredService<IPlanStore>().InitializeAsync();
            var host = new ApprovalHost(app, folder, key);
            await (seed?.Invoke(host) ?? Task.CompletedTask);
            await app.StartAsync();
            return host;
        }
        catch
        {
            key.Dispose();
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Waits until the pages are as ready as they get without a plan: seconds after the start.</summary>
    public Task WarmedUpAsync() => Pages.Drawn.WaitAsync(TimeSpan.FromSeconds(60));

    /// <summary>Says that a link to a plan was handed out, and waits until the pages are as ready as they are when the person comes.</summary>
    public Task WarmedUpAsync(PlanId plan)
    {
        Pages.Announce(plan);
        return RehearsedAsync();
    }

    /// <summary>Waits until the page of a plan was drawn before anybody came.</summary>
    public Task RehearsedAsync() => Pages.Rehearsed.WaitAsync(TimeSpan.FromSeconds(60));

    /// <summary>A plan as the planner would have stored it.</summary>
    public Task<Plan> AddAsync(PlanContent content) => Store.AddAsync(content, content.Id.Value);

    /// <summary>Edits a stored plan's content behind the store's back, as somebody with access to the file could.</summary>
    public async Task TamperAsync(PlanId plan, string from, string to)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.Path, PlanStoreSettings.DefaultFileName)}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "UPDATE plan_content SET content = replace(content, $from, $to) WHERE plan_id = $plan";
        command.Parameters.AddWithValue("$from", from);
        command.Parameters.AddWithValue("$to", to);
        command.Parameters.AddWithValue("$plan", plan.Value);
        (await command.ExecuteNonQueryAsync()).ShouldBe(1);
    }

    /// <summary>Makes the database something that is none, as a full or failing disk would.</summary>
    public async Task BreakStoreAsync()
    {
        SqliteConnection.ClearAllPools();
        foreach (var file in Directory.EnumerateFiles(_folder.Path, PlanStoreSettings.DefaultFileName + "*"))
        {
            await File.WriteAllTextAsync(file, new string('x', 8192));
        }
    }

    /// <summary>A browser without JavaScript or manners: raw requests with the cookies of a person, or of nobody.</summary>
    public RawBrowser NewRawBrowser(Person? person) => new(new Uri(Url), person);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _key.Dispose();
        _folder.Dispose();
    }

    private static WebApplication Build(TemporaryFolder folder, ECDsa key, string policyPath)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = typeof(ApproverIdentity).Assembly.GetName().Name });
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<WarningLog>();
        builder.Services.AddSingleton<ILoggerProvider>(provider => provider.GetRequiredService<WarningLog>());

        // A key ring of its own, so that no run differs from the first on a machine: a new ring warns that nothing encrypts its keys.
        builder.Services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(folder.File("keys")));
        builder.Logging.AddFilter<WarningLog>("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var services = builder.Services;
        services.AddSingleton<ShiftedTime>();
        services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<ShiftedTime>());
        services.AddSingleton<IPlanStore>(provider => PlanStores.Open(new PlanStoreSettings { ApprovalRoot = folder.Path }, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(PolicyFile.Open(policyPath));
        services.AddSingleton(provider => new GrantSigner(key, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(new DecisionSigner(key));
        services.AddSingleton<IApprovalDesk, ApprovalDesk>();
        services.AddSingleton<ControlledFreshness>();
        services.AddSingleton<IPlanFreshness>(provider => provider.GetRequiredService<ControlledFreshness>());
        services.AddSingleton<ControlledChain>();
        services.AddSingleton<IChainInspector>(provider => provider.GetRequiredService<ControlledChain>());
        services.AddApprovalUi();
        services.AddAuthentication(TestSignIn.SchemeName).AddScheme<AuthenticationSchemeOptions, TestSignIn>(TestSignIn.SchemeName, configureOptions: null);
        services.AddAuthorizationBuilder().AddPolicy(Policy, policy => policy.RequireAuthenticatedUser());
        var app = builder.Build();
        app.UsePageHeaders(Issuer);
        app.UsePageProblems();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapApprovalUi(Policy);
        return app;
    }
}
