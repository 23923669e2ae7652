using InfraGate.McpServer.Kubernetes;
using InfraGate.McpServer.Kubernetes.Models;
using InfraGate.McpServer.Tests.Support;
using InfraGate.McpServer.Tools;
using Microsoft.AspNetCore.Http;

namespace InfraGate.McpServer.Tests.Kubernetes;

/// <summary>What the API server answers becomes a code of ours with its own words kept.</summary>
public sealed class StatusMappingTests
{
    private const string NoDetails = "{}";
    private const string Conflict = """{ "causes": [ { "reason": "FieldManagerConflict", "message": "conflict with \"kubectl\"", "field": ".spec.replicas" } ] }""";

    [Theory]
    [InlineData(401, "Unauthorized", "Unauthorized", NoDetails, "cluster_unavailable")]
    [InlineData(403, "Forbidden", "pods is forbidden: User \"a\" cannot list resource \"pods\" in API group \"\" in the namespace \"shop\"", NoDetails, "forbidden")]
    [InlineData(403, "Forbidden", "pods \"web\" is forbidden: exceeded quota: small, requested: pods=1, used: pods=1, limited: pods=1", NoDetails, "admission_denied")]
    [InlineData(403, "Forbidden", "pods \"web\" is forbidden: violates PodSecurity \"restricted:latest\"", NoDetails, "admission_denied")]
    [InlineData(400, "BadRequest", "admission webhook \"policy.example.com\" denied the request: no latest tag", NoDetails, "admission_denied")]
    [InlineData(404, "NotFound", "configmaps \"web\" not found", NoDetails, "not_found")]
    [InlineData(409, "Conflict", "Operation cannot be fulfilled: the object has been modified", NoDetails, "plan_stale")]
    [InlineData(409, "Conflict", "Apply failed with 1 conflict", Conflict, "field_conflict")]
    [InlineData(422, "Invalid", "ConfigMap is invalid: metadata.name", NoDetails, "invalid_argument")]
    [InlineData(400, "BadRequest", "unable to parse requirement", NoDetails, "invalid_argument")]
    public async Task Each_answer_has_its_code(int status, string reason, string message, string details, string code)
    {
        await using var server = await FakeApiServer.StartAsync(context => FakeApiServer.StatusAsync(context, status, message, reason, details));
        using var client = ClientUnderTest.For(server.Address);

        var failure = await Should.ThrowAsync<KubernetesException>(() => GetAsync(client));

        failure.Reason.ShouldBe(reason);
        failure.Message.ShouldBe(message);
        ErrorAnswers.Coded(failure).Code.ToWire().ShouldBe(code);
    }

    [Fact]
    public async Task Field_conflicts_keep_their_fields_and_managers()
    {
        await using var server = await FakeApiServer.StartAsync(context => FakeApiServer.StatusAsync(context, 409, "Apply failed with 1 conflict", "Conflict", Conflict));
        using var client = ClientUnderTest.For(server.Address);

        var failure = await Should.ThrowAsync<KubernetesException>(() => GetAsync(client));

        var cause = failure.Causes.ShouldHaveSingleItem();
        cause.Field.ShouldBe(".spec.replicas");
        ErrorAnswers.Coded(failure).Details!.Value.GetRawText().ShouldContain(".spec.replicas");
    }

    [Theory]
    [InlineData("admission webhook \"policy.example.com\" denied the request: env DB_PASSWORD=\"hunter2-Tr0ub4dor\" not allowed")]
    [InlineData("pods \"web\" is forbidden: postgres://app:hunter2-Tr0ub4dor@db must come from a Secret")]
    public async Task A_credential_that_admission_quotes_is_not_quoted_again(string message)
    {
        var details = $$"""{ "causes": [ { "message": {{System.Text.Json.JsonSerializer.Serialize(message)}}, "field": "spec" } ] }""";
        await using var server = await FakeApiServer.StartAsync(context => FakeApiServer.StatusAsync(context, 403, message, "Forbidden", details));
        using var client = ClientUnderTest.For(server.Address);

        var failure = await Should.ThrowAsync<KubernetesException>(() => GetAsync(client));

        failure.Failure.ShouldBe(KubernetesFailure.AdmissionDenied);
        failure.Message.ShouldNotContain("hunter2");
        failure.Message.ShouldStartWith(message[..20]);
        failure.Causes.ShouldHaveSingleItem().Message.ShouldNotBeNull().ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task A_long_message_is_not_cut_in_the_middle_of_a_credential()
    {
        await using var server = await FakeApiServer.StartAsync(context => FakeApiServer.StatusAsync(context, 422, LongText.WithPasswordAt(1000), "Invalid"));
        using var client = ClientUnderTest.For(server.Address);

        (await Should.ThrowAsync<KubernetesException>(() => GetAsync(client))).Message.ShouldNotContain(LongText.PasswordStart);
    }

    [Fact]
    public async Task A_proxys_page_is_not_quoted()
    {
        await using var server = await FakeApiServer.StartAsync(async context =>
        {
            context.Response.StatusCode = 403;
            await context.Response.WriteAsync("<html>your session secret is hunter2</html>");
        });
        using var client = ClientUnderTest.For(server.Address);

        var failure = await Should.ThrowAsync<KubernetesException>(() => GetAsync(client));

        failure.Message.ShouldNotContain("hunter2");
        failure.Message.ShouldContain("403");
    }

    [Fact]
    public async Task An_answer_that_is_not_json_is_a_failure_of_the_server()
    {
        await using var server = await FakeApiServer.StartAsync(context => context.Response.WriteAsync("<html>"));
        using var client = ClientUnderTest.For(server.Address);

        (await Should.ThrowAsync<KubernetesException>(() => GetAsync(client))).Failure.ShouldBe(KubernetesFailure.ServerError);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unreachable()
    {
        Uri address;
        await using (var server = await FakeApiServer.StartAsync(_ => Task.CompletedTask))
        {
            address = server.Address;
        }

        using var client = ClientUnderTest.For(address);

        var failure = await Should.ThrowAsync<KubernetesException>(() => GetAsync(client));

        failure.Failure.ShouldBe(KubernetesFailure.Unreachable);
        ErrorAnswers.Coded(failure).Code.ShouldBe(ToolErrorCode.ClusterUnavailable);
    }

    private static Task<ConfigMap> GetAsync(ClientUnderTest client) =>
        client.Client.GetAsync(ApiResource.ConfigMaps, "web", KubernetesJson.Default.ConfigMap, CancellationToken.None);
}
