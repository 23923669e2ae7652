using System.Net;
using InfraGate.Sandbox.Admission;
using InfraGate.Sandbox.Api;
using InfraGate.Sandbox.Apply;
using InfraGate.Sandbox.Controllers;
using InfraGate.Sandbox.Demo;
using InfraGate.Sandbox.Kubelet;
using InfraGate.Sandbox.Logs;
using InfraGate.Sandbox.Registry;
using InfraGate.Sandbox.Resources;
using InfraGate.Sandbox.Storage;
using InfraGate.Sandbox.Strategies;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace InfraGate.Sandbox.Hosting;

/// <summary>Puts the sandbox together.</summary>
internal static class SandboxHost
{
    public static WebApplication Build(SandboxOptions options, TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelHttpsConfiguration();
        var certificate = options.Tls ? LoopbackCertificate.Create(time) : null;
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, options, certificate));
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(new ServingIdentity(certificate?.AuthorityPem));
        AddCluster(builder.Services, options);
        AddControllers(builder.Services, options);
        AddApi(builder.Services, options);
        var app = builder.Build();
        app.Use((http, next) => LoopbackGuard.ApplyAsync(http, next));
        app.Run(app.Services.GetRequiredService<ApiRouter>().HandleAsync);
        return app;
    }

    /// <summary>Starts listening, seeds the cluster, writes the kubeconfig; answers the address.</summary>
    public static async Task<Uri> StartAsync(WebApplication app, CancellationToken cancellationToken = default)
    {
        app.Services.GetRequiredService<Seeder>().Seed();
        await app.StartAsync(cancellationToken);
        var address = new Uri(app.Urls.First());
        var options = app.Services.GetRequiredService<SandboxOptions>();
        if (options.KubeconfigPath is { } path)
        {
            KubeconfigFile.Write(path, address, options.Token, app.Services.GetRequiredService<ServingIdentity>().AuthorityPem);
        }

        return address;
    }

    private static void Listen(KestrelServerOptions kestrel, SandboxOptions options, LoopbackCertificate? certificate)
    {
        kestrel.AddServerHeader = false;
        kestrel.Listen(IPAddress.Parse(options.Address), options.Port, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (certificate is not null)
            {
                listen.UseHttps(certificate.Server);
            }
        });
    }

    private static void AddCluster(IServiceCollection services, SandboxOptions options)
    {
        services.AddSingleton(new ResourceCatalog(options.Minor));
        services.AddSingleton<ObjectStore>();
        services.AddSingleton<StrategyCatalog>();
        services.AddSingleton<FieldManager>();
        services.AddSingleton<LimitRanger>();
        services.AddSingleton<QuotaUsage>();
        services.AddSingleton<QuotaAdmission>();
        services.AddSingleton<AdmissionChain>();
        services.AddSingleton<ObjectRegistry>();
        services.AddSingleton<ObjectDeleter>();
        services.AddSingleton<ContainerBehaviour>();
        services.AddSingleton<LogBook>();
        services.AddSingleton<SystemWriter>();
        services.AddSingleton<BulkFill>();
        services.AddSingleton<Seeder>();
    }

    private static void AddControllers(IServiceCollection services, SandboxOptions options)
    {
        services.AddSingleton<EventRecorder>();
        services.AddSingleton<PodDependencies>();
        services.AddSingleton<ContainerStages>();
        services.AddSingleton<ReplicaSetFactory>();
        services.AddSingleton<ReplicaSetScaler>();
        services.AddSingleton<DeploymentStatus>();
        services.AddSingleton<DemoRollout>();
        services.AddSingleton<Controller>(provider => provider.GetRequiredService<DemoRollout>());
        services.AddSingleton<Controller, DeploymentController>();
        services.AddSingleton<Controller, ReplicaSetController>();
        services.AddSingleton<Controller, SimulatedNode>();
        services.AddSingleton<Controller, EndpointsController>();
        services.AddSingleton<Controller, GarbageCollector>();
        services.AddSingleton<Controller, NamespaceController>();
        services.AddSingleton<Controller, QuotaController>();
        if (options.Controllers)
        {
            services.AddHostedService<ControllerRunner>();
        }
    }

    private static void AddApi(IServiceCollection services, SandboxOptions options)
    {
        services.AddSingleton(provider => new ContinuationStore(options.ContinueLifetime, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<Authenticator>();
        services.AddSingleton<Authorizer>();
        services.AddSingleton<RequestCounter>();
        services.AddSingleton<DiscoveryHandler>();
        services.AddSingleton<OpenApiHandler>();
        services.AddSingleton<ReadHandler>();
        services.AddSingleton<WatchHandler>();
        services.AddSingleton<WriteHandler>();
        services.AddSingleton<PatchHandler>();
        services.AddSingleton<ScaleHandler>();
        services.AddSingleton<AccessHandler>();
        services.AddSingleton<PodLogHandler>();
        services.AddSingleton<ApiRouter>();
    }
}
