using System.Net;

namespace InfraGate.ApprovalUi.Tests.Support;

/// <summary>What raw answers say.</summary>
internal static class Responses
{
    /// <summary>A decision that was taken is answered with a redirect to the plan's page.</summary>
    public static void EnsureRedirect(this HttpResponseMessage response)
    {
        using (response)
        {
            ((int)response.StatusCode).ShouldBeInRange((int)HttpStatusCode.MultipleChoices, (int)HttpStatusCode.PermanentRedirect);
        }
    }

    /// <summary>The page that came back, its entities left as they are.</summary>
    public static async Task<string> PageAsync(this Task<HttpResponseMessage> answer, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var response = await answer;
        response.StatusCode.ShouldBe(expected);
        return await response.Content.ReadAsStringAsync();
    }
}
