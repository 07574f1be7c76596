using Equecel.Client.Calls;
using Equecel.Client.Tests.Peer;
using Grpc.Core;

namespace Equecel.Client.Tests;

public sealed class RetryBudgetTests : IAsyncLifetime
{
    private readonly List<string> requestIds = [];
    private TestPlatform platform = null!;
    private int failures;

    public async Task InitializeAsync()
    {
        platform = await TestPlatform.StartAsync();
        platform.Enrolment.OnSubmit = (request, _) =>
        {
            requestIds.Add(request.Header.RequestId);
            return failures-- > 0
                ? throw new RpcException(new Status(StatusCode.Unavailable, ""))
                : Task.FromResult(new Enrolment.V1.EnrolmentRecord());
        };
    }

    public async Task DisposeAsync() => await platform.DisposeAsync();

    // Of ten tokens.
    [Theory]
    [InlineData("", true)]
    [InlineData("4 failures", true)]
    [InlineData("5 failures", false)]
    [InlineData("5 failures, 1 success", true)]
    [InlineData("6 failures, 10 successes", false)]
    [InlineData("6 failures, 11 successes", true)]
    [InlineData("99 failures, 50 successes", false)]
    [InlineData("99 failures, 51 successes", true)]
    [InlineData("99 successes, 4 failures", true)]
    [InlineData("99 successes, 5 failures", false)]
    public void With_half_of_the_tokens_nothing_is_sent_again(string attempts, bool allowsRetry)
    {
        var budget = new RetryBudget(most: 10);
        foreach (var some in attempts.Split(", ", StringSplitOptions.RemoveEmptyEntries))
        {
            for (var times = int.Parse(some.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture); times > 0; times--)
            {
                (some.Contains("failure", StringComparison.Ordinal) ? (Action)budget.Fail : budget.Succeed)();
            }
        }

        Assert.Equal(allowsRetry, budget.AllowsRetry);
    }

    [Fact]
    public async Task An_outage_is_not_multiplied_and_when_it_is_over_calls_are_sent_again()
    {
        using var client = platform.NewClient();
        await FailAsync(client, calls: 60);

        // Ten calls with five attempts each, and fifty with one.
        Assert.Equal((100, 60), (requestIds.Count, requestIds.Distinct().Count()));

        failures = 0;
        for (var i = 0; i < 501; i++)
        {
            await client.Enrolment.SubmitRecordAsync(new());
        }

        failures = 1;
        await Assert.ThrowsAsync<RpcException>(async () => await client.Enrolment.SubmitRecordAsync(new()));
        for (var i = 0; i < 20; i++)
        {
            await client.Enrolment.SubmitRecordAsync(new());
        }

        failures = 1;
        await client.Enrolment.SubmitRecordAsync(new());
        Assert.Equal(2, requestIds.Count(id => id == requestIds[^1]));
    }

    [Fact]
    public async Task What_the_caller_must_mend_takes_nothing_from_the_budget()
    {
        using var client = platform.NewClient();
        platform.Enrolment.OnGet = _ => throw new RpcException(new Status(StatusCode.NotFound, ""));
        for (var i = 0; i < 101; i++)
        {
            await Assert.ThrowsAsync<RpcException>(async () => await client.Enrolment.GetRecordAsync(new()));
        }

        failures = 1;
        await client.Enrolment.SubmitRecordAsync(new());
        Assert.Equal(2, requestIds.Count);
    }

    [Fact]
    public async Task A_feed_that_is_cut_goes_on_while_calls_are_sent_once()
    {
        using var client = platform.NewClient();
        await FailAsync(client, calls: 60);
        var opened = 0;
        platform.Enrolment.OnWatch = async (request, changes, _) =>
        {
            // Every other time it is not even opened.
            if (opened++ % 2 == 0)
            {
                await changes.WriteAsync(new() { ResumeToken = $"{request.ResumeToken}+" });
            }

            throw new RpcException(new Status(StatusCode.Unavailable, ""));
        };

        var tokens = await client.WatchEnrolmentAsync("0").Take(4).Select(change => change.ResumeToken).ToListAsync();

        Assert.Equal(["0+", "0++", "0+++", "0++++"], tokens);
        Assert.Equal(7, opened);
    }

    private async Task FailAsync(EquecelClient client, int calls)
    {
        failures = int.MaxValue;
        for (var i = 0; i < calls; i++)
        {
            await Assert.ThrowsAsync<RpcException>(async () => await client.Enrolment.SubmitRecordAsync(new()));
        }
    }
}
