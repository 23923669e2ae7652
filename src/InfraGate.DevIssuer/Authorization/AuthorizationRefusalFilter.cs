using InfraGate.DevIssuer.Pages;

namespace InfraGate.DevIssuer.Authorization;

/// <summary>The one place where an <see cref="AuthorizationRefusal"/> becomes a redirect or a page.</summary>
internal sealed class AuthorizationRefusalFilter(AuthorizationResponse response) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (AuthorizationRefusal refused) when (refused.RedirectUri is { } redirectUri)
        {
            return response.Error(redirectUri, refused.State, refused.Code, refused.Message);
        }
        catch (AuthorizationRefusal refused)
        {
            return PageResult.Notice("This sign-in cannot go on", refused.Message, StatusCodes.Status400BadRequest);
        }
    }
}
