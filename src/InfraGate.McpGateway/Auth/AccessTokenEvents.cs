using System.Buffers.Text;
using System.IdentityModel.Tokens.Jwt;
using System.Text.Json;
using InfraGate.McpGateway.Configuration;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace InfraGate.McpGateway.Auth;

/// <summary>
/// InfraGate's part in the JWT bearer handler: asks for the issuer's keys as the token needs them, applies <see cref="AccessTokenRules"/>, turns claims
/// into a <see cref="Caller"/> and answers challenges with the metadata of this resource.
/// </summary>
internal sealed class AccessTokenEvents(IssuerConfiguration issuer, VerifiedCredentialCache cache, ChallengeWriter challenges, GatewayOptions options) : JwtBearerEvents
{
    private const string Prefix = "Bearer ";
    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false };
    private readonly JwtSecurityTokenHandler _reader = new() { MaximumTokenSizeInBytes = AccessTokenRules.MaxLength };

    /// <inheritdoc />
    public override async Task MessageReceived(MessageReceivedContext context)
    {
        if (BearerOf(context.Request) is not { } token)
        {
            context.NoResult();
            return;
        }

        if (cache.Find(token) is { } known)
        {
            context.Principal = known;
            context.Success();
            return;
        }

        if (Parse(token) is not { } parsed)
        {
            context.Fail("the token is not a JWT");
            return;
        }

        if (AccessTokenRules.RefuseHeader(parsed) is { } refusal)
        {
            context.Fail(refusal);
            return;
        }

        try
        {
            await issuer.GetForAsync(parsed.Header.Kid, context.HttpContext.RequestAborted);
            context.Token = token;
        }
        catch (IssuerUnavailableException unavailable)
        {
            context.Fail(unavailable);
        }
    }

    /// <inheritdoc />
    public override Task TokenValidated(TokenValidatedContext context)
    {
        var token = (JwtSecurityToken)context.SecurityToken;
        if (AccessTokenRules.RefuseClaims(token, options.OAuth.SubjectClaim) is { } refusal)
        {
            context.Fail(refusal);
            return Task.CompletedTask;
        }

        context.Principal = AccessTokenRules.ToCaller(token, options.OAuth.SubjectClaim, options.OAuth.GroupsClaim).ToPrincipal();
        context.Success();
        cache.Add(BearerOf(context.Request)!, context.Principal, new DateTimeOffset(DateTime.SpecifyKind(token.ValidTo, DateTimeKind.Utc)));
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override Task Challenge(JwtBearerChallengeContext context)
    {
        context.HandleResponse();
        return context.AuthenticateFailure switch
        {
            null => challenges.UnauthenticatedAsync(context.HttpContext, refused: false),
            IssuerUnavailableException => ChallengeWriter.IssuerUnavailableAsync(context.HttpContext),
            _ => challenges.UnauthenticatedAsync(context.HttpContext, refused: true),
        };
    }

    /// <summary>The bearer token of the one Authorization header; query strings and bodies are never looked at.</summary>
    private static string? BearerOf(HttpRequest request)
    {
        var header = request.Headers.Authorization;
        return header.Count == 1 && header[0] is { } value && value.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? value[Prefix.Length..].Trim() : null;
    }

    private JwtSecurityToken? Parse(string token)
    {
        // Three parts only: an encrypted token (five) is none that this resource could have asked for.
        var parts = token.Length > AccessTokenRules.MaxLength ? [] : token.Split('.');
        return parts.Length == 3 && IsObject(parts[0]) && IsObject(parts[1]) && _reader.CanReadToken(token) ? _reader.ReadJwtToken(token) : null;
    }

    /// <summary>Whether the part is base64url of a JSON object in which no name comes twice: which of the two counts would depend on the reader.</summary>
    private static bool IsObject(string part)
    {
        try
        {
            using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(part), s_strict);
            return json.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException)
        {
            return false;
        }
    }
}
