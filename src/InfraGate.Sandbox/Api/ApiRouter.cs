using InfraGate.Sandbox.Logs;
using InfraGate.Sandbox.Resources;

namespace InfraGate.Sandbox.Api;

/// <summary>Takes a request to its handler, after authentication and authorization, and turns every refusal into a Status.</summary>
internal sealed partial class ApiRouter(
    ResourceCatalog catalog,
    Authenticator authenticator,
    Authorizer authorizer,
    RequestCounter counter,
    DiscoveryHandler discovery,
    OpenApiHandler openApi,
    ReadHandler reads,
    WatchHandler watches,
    WriteHandler writes,
    PatchHandler patches,
    ScaleHandler scales,
    AccessHandler access,
    PodLogHandler logs,
    ILogger<ApiRouter> logger)
{
    private static readonly string[] HealthPaths = ["/healthz", "/livez", "/readyz"];

    public async Task HandleAsync(HttpContext http)
    {
        try
        {
            await RouteAsync(http);
        }
        catch (KubernetesError refusal) when (!http.Response.HasStarted)
        {
            await Answer.ErrorAsync(http, refusal);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            LogGone(http.TraceIdentifier);
        }
        catch (Exception failure) when (!http.Response.HasStarted)
        {
            LogFailure(failure, http.Request.Method, http.Request.Path);
            await Answer.ErrorAsync(http, KubernetesError.Internal(failure.Message));
        }
    }

    private async Task RouteAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!.TrimEnd('/');
        http.Items[FieldValidation.MinorVersion] = catalog.Minor;
        if (path == "/sandbox/requests" && HttpMethods.IsGet(http.Request.Method))
        {
            await Answer.JsonAsync(http, 200, counter.ToJson());
            return;
        }

        if (HealthPaths.Contains(path))
        {
            await Answer.TextAsync(http, 200, "ok");
            return;
        }

        counter.Count(http.Request);
        var user = authenticator.Authenticate(http.Request);
        var document = HttpMethods.IsGet(http.Request.Method) ? discovery.Find(path) ?? openApi.Find(path) : null;
        if (document is not null)
        {
            await Answer.JsonAsync(http, 200, document);
        }
        else if (path == "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews")
        {
            await access.ReviewAsync(http, user);
        }
        else
        {
            await DispatchAsync(Resolve(http, path, user));
        }
    }

    private ApiRequest Resolve(HttpContext http, string path, RequestUser user)
    {
        var parsed = ResourcePath.Parse(path) ?? throw KubernetesError.NoSuchPath();
        var resource = catalog.Find(parsed.Group, parsed.Version, parsed.Resource) ?? throw KubernetesError.NoSuchPath();
        var scoped = resource.Type.Namespaced ? parsed.Namespace is not null || parsed.Name is null : parsed.Namespace is null;
        if (!scoped || (parsed.Subresource is { } sub && !resource.Type.Subresources.Contains(sub)))
        {
            throw KubernetesError.NoSuchPath();
        }

        return new ApiRequest
        {
            Http = http,
            Resource = resource,
            Namespace = parsed.Namespace,
            Name = parsed.Name,
            Subresource = parsed.Subresource,
            User = user,
        };
    }

    private Task DispatchAsync(ApiRequest request)
    {
        authorizer.Require(request, request.Verb);
        return request.Subresource switch
        {
            "scale" => scales.HandleAsync(request),
            "log" when request.Method == "GET" => logs.HandleAsync(request),
            "token" when request.Method == "POST" => access.TokenAsync(request),
            "log" or "token" => throw KubernetesError.MethodNotAllowed(),
            _ => DispatchObjectAsync(request),
        };
    }

    private Task DispatchObjectAsync(ApiRequest request) => (request.Method, request.Name) switch
    {
        ("GET", _) when request.Watch => watches.WatchAsync(request),
        ("GET", null) => reads.ListAsync(request),
        ("GET", _) => reads.GetAsync(request),
        ("POST", null) when request.Namespace is not null || !request.Resource.Type.Namespaced => writes.CreateAsync(request),
        ("PUT", not null) => writes.UpdateAsync(request),
        ("PATCH", not null) => patches.PatchAsync(request),
        ("DELETE", not null) when request.Subresource is null => writes.DeleteAsync(request),
        ("DELETE", null) => writes.DeleteCollectionAsync(request),
        _ => throw KubernetesError.MethodNotAllowed(),
    };

    [LoggerMessage(Level = LogLevel.Debug, Message = "The client of request {Request} went away.")]
    private partial void LogGone(string request);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed.")]
    private partial void LogFailure(Exception failure, string method, string path);
}
