using System.Net;
using InfraGate.ApprovalUi.Live;
using InfraGate.ApprovalUi.Tests.Support;
using InfraGate.RealParts.Waiting;

namespace InfraGate.ApprovalUi.Tests.Live;

/// <summary>How many pages of one person are told of changes at once.</summary>
public sealed class StreamSeatsTests
{
    [Fact]
    public async Task The_seventeenth_stream_of_a_person_is_refused_until_another_ends_and_takes_nothing_from_others()
    {
        await using var host = await ApprovalHost.StartAsync();
        var plan = await host.AddAsync(new PlanSamples(host.Time, Person.Alice).Scale());
        string[] streams = ["/approvals/live", $"/approvals/live/plans/{plan.Id}"];
        using var alice = host.NewRawBrowser(Person.Alice);
        using var bob = host.NewRawBrowser(Person.Bob);
        var open = new List<HttpResponseMessage>();
        for (var number = 0; number < StreamSeats.MostPerSubject; number++)
        {
            open.Add(await alice.OpenAsync(streams[number % streams.Length]));
        }

        open.ShouldAllBe(stream => stream.StatusCode == HttpStatusCode.OK);
        foreach (var stream in streams)
        {
            using var refused = await alice.OpenAsync(stream);
            refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
            refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
            using var other = await bob.OpenAsync(stream);
            other.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        open[0].Dispose();

        await Eventually.TrueAsync(async () =>
        {
            using var again = await alice.OpenAsync(streams[0]);
            return again.StatusCode == HttpStatusCode.OK;
        });
        open.ForEach(stream => stream.Dispose());
    }
}
