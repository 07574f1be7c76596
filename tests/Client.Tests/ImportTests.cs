using Equecel.Client.Tests.Peer;
using Equecel.Enrolment.V1;
using Equecel.Records.V1;
using Grpc.Core;

namespace Equecel.Client.Tests;

public sealed class ImportTests : IAsyncLifetime
{
    private TestPlatform platform = null!;

    public async Task InitializeAsync() => platform = await TestPlatform.StartAsync();

    public async Task DisposeAsync() => await platform.DisposeAsync();

    [Fact]
    public async Task Every_row_gets_one_verdict_in_order()
    {
        using var client = platform.NewClient();

        var verdicts = await client.ImportAsync(Rows(10_000)).ToListAsync();

        Assert.Equal(Enumerable.Range(1, 10_000).Select(row => (long)row), verdicts.Select(verdict => verdict.Row));
        Assert.Equal(Enumerable.Range(1, 10_000).Select(Id), verdicts.Select(verdict => verdict.RequestId));
        Assert.All(verdicts, verdict => Assert.Equal(ImportOutcome.Saved, verdict.Outcome));
    }

    [Fact]
    public async Task A_stream_without_rows_has_no_verdicts()
    {
        using var client = platform.NewClient();

        Assert.Empty(await client.ImportAsync(Rows(0)).ToListAsync());
    }

    [Fact]
    public Task Rows_go_to_Assessment_the_same_way() => AreSavedAsync(
        () => new Assessment.V1.SubmitRecordRequest { DiseaseAssessment = new() }, (client, rows) => client.ImportAsync(rows), () => platform.Assessment.Import.SavedCount);

    [Fact]
    public Task Rows_go_to_Questionnaire_the_same_way() => AreSavedAsync(
        () => new Questionnaire.V1.SubmitRecordRequest { QlqC30 = new() }, (client, rows) => client.ImportAsync(rows), () => platform.Questionnaire.Import.SavedCount);

    [Fact]
    public Task Rows_go_to_Safety_the_same_way() => AreSavedAsync(
        () => new Safety.V1.SubmitRecordRequest { Death = new() }, (client, rows) => client.ImportAsync(rows), () => platform.Safety.Import.SavedCount);

    [Fact]
    public async Task A_cut_stream_is_taken_up_and_every_row_still_gets_one_verdict()
    {
        foreach (var verdicts in new[] { 0, 17, 1000, 250 })
        {
            platform.Enrolment.Import.Cuts.Enqueue((verdicts, new RpcException(new Status(StatusCode.Unavailable, "Stopping."))));
        }

        var last = default(ImportProgress);
        using var client = platform.NewClient();

        var answers = await client.ImportAsync(Rows(5_000), new() { RowsInFlight = 500, Progress = progress => last = progress }).ToListAsync();

        Assert.Equal(Enumerable.Range(1, 5_000).Select(row => (long)row), answers.Select(verdict => verdict.Row));
        Assert.Equal(Enumerable.Range(1, 5_000).Select(Id), answers.Select(verdict => verdict.RequestId));
        Assert.Equal(5_000, platform.Enrolment.Import.SavedCount);
        Assert.Equal(5, platform.Enrolment.Import.StreamCount);
        Assert.Equal(new ImportProgress(5_000, 5_000, 4), last);
    }

    [Fact]
    public async Task A_stream_that_the_service_ends_too_early_is_taken_up()
    {
        var ended = false;
        platform.Enrolment.Import.BeforeVerdict = () =>
        {
            var first = !ended;
            ended = true;
            return first ? throw new RpcException(Status.DefaultSuccess) : Task.CompletedTask;
        };
        using var client = platform.NewClient();

        var verdicts = await client.ImportAsync(Rows(10)).ToListAsync();

        Assert.Equal(10, verdicts.Count);
        Assert.Equal(2, platform.Enrolment.Import.StreamCount);
    }

    [Fact]
    public async Task A_connection_that_is_torn_down_is_taken_up()
    {
        platform.Enrolment.Import.AbortAfter = 30;
        using var client = platform.NewClient();

        var verdicts = await client.ImportAsync(Rows(500)).ToListAsync();

        Assert.Equal(Enumerable.Range(1, 500).Select(Id), verdicts.Select(verdict => verdict.RequestId));
        Assert.Equal(2, platform.Enrolment.Import.StreamCount);
    }

    [Fact]
    public async Task A_row_is_sent_at_once_when_no_other_is_ready()
    {
        using var answered = new SemaphoreSlim(1);
        using var client = platform.NewClient();

        await foreach (var _ in client.ImportAsync(OneByOne()))
        {
            answered.Release();
        }

        Assert.Equal(20, platform.Enrolment.Import.SavedCount);

        async IAsyncEnumerable<SubmitRecordRequest> OneByOne()
        {
            await foreach (var row in Rows(20))
            {
                await answered.WaitAsync();
                yield return row;
            }
        }
    }

    [Fact]
    public async Task A_token_that_expires_under_way_is_replaced()
    {
        platform.Enrolment.Import.Cuts.Enqueue((5, new RpcException(new Status(StatusCode.Unauthenticated, "Expired."))));
        using var client = platform.NewClient();

        var verdicts = await client.ImportAsync(Rows(100)).ToListAsync();

        Assert.Equal(100, verdicts.Count);
    }

    [Fact]
    public async Task An_import_that_is_refused_as_a_whole_is_not_tried_again()
    {
        platform.Enrolment.Import.Cuts.Enqueue((3, new RpcException(new Status(StatusCode.PermissionDenied, "Not yours."))));
        using var client = platform.NewClient();
        var answered = 0;

        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            await foreach (var _ in client.ImportAsync(Rows(1_000)))
            {
                answered++;
            }
        });

        Assert.Equal(StatusCode.PermissionDenied, failure.StatusCode);
        Assert.Equal(3, answered);
        Assert.Equal(1, platform.Enrolment.Import.StreamCount);
    }

    [Fact]
    public async Task A_platform_that_is_not_there_is_given_up_after_five_attempts()
    {
        using var client = new EquecelClient(new EquecelClientOptions
        {
            GatewayAddress = new Uri("http://127.0.0.1:1"),
            TokenAddress = platform.TokenAddress,
            ClientId = "site-01",
            ClientSecret = "secret",
            FirstRetryDelay = TimeSpan.FromMilliseconds(1),
        });
        var cuts = 0;

        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await client.ImportAsync(Rows(3), new() { Progress = progress => cuts = progress.CutCount }).ToListAsync());

        Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
        Assert.Equal(4, cuts);
    }

    [Fact]
    public async Task No_more_rows_are_under_way_than_allowed()
    {
        var gate = new TaskCompletionSource();
        platform.Enrolment.Import.BeforeVerdict = () => gate.Task;
        using var client = platform.NewClient();
        var taken = 0;
        var fifty = new TaskCompletionSource();

        var answers = client.ImportAsync(Counted(), new() { RowsInFlight = 50 }).ToListAsync().AsTask();
        await fifty.Task;

        // As many again wait in the sender, and one is in the caller's hand.
        Assert.InRange(taken, 50, 101);
        Assert.InRange(platform.Enrolment.Import.ReceivedCount, 0, 50);
        gate.SetResult();
        Assert.Equal(1_000, (await answers).Count);

        async IAsyncEnumerable<SubmitRecordRequest> Counted()
        {
            await foreach (var row in Rows(1_000))
            {
                if (++taken == 50)
                {
                    fifty.SetResult();
                }

                yield return row;
            }
        }
    }

    [Fact]
    public async Task A_service_that_falls_silent_is_taken_for_lost()
    {
        var silent = true;
        platform.Enrolment.Import.BeforeVerdict = () =>
        {
            var wait = silent ? Task.Delay(Timeout.Infinite) : Task.CompletedTask;
            silent = false;
            return wait;
        };
        using var client = platform.NewClient();

        var verdicts = await client.ImportAsync(Rows(10), new() { IdleLimit = TimeSpan.FromMilliseconds(500) }).ToListAsync();

        Assert.Equal(10, verdicts.Count);
    }

    [Fact]
    public async Task A_failure_of_the_rows_comes_after_the_verdicts_of_those_before_it()
    {
        using var client = platform.NewClient();
        var answered = 0;

        await Assert.ThrowsAsync<FormatException>(async () =>
        {
            await foreach (var _ in client.ImportAsync(Broken()))
            {
                answered++;
            }
        });

        Assert.Equal(7, answered);

        async IAsyncEnumerable<SubmitRecordRequest> Broken()
        {
            await foreach (var row in Rows(7))
            {
                yield return row;
            }

            throw new FormatException("Row 8.");
        }
    }

    [Fact]
    public async Task A_caller_that_stops_reading_stops_the_import()
    {
        using var client = platform.NewClient();
        var ended = false;

        await foreach (var _ in client.ImportAsync(Endless()))
        {
            break;
        }

        Assert.True(ended);

        async IAsyncEnumerable<SubmitRecordRequest> Endless()
        {
            try
            {
                while (true)
                {
                    yield return new() { FollowUp = new() };
                    await Task.Yield();
                }
            }
            finally
            {
                ended = true;
            }
        }
    }

    private async Task AreSavedAsync<T>(Func<T> row, Func<EquecelClient, IAsyncEnumerable<T>, IAsyncEnumerable<ImportVerdict>> import, Func<int> savedCount)
    {
        using var client = platform.NewClient();

        var verdicts = await import(client, AsyncEnumerable.Range(1, 100).Select(_ => row())).ToListAsync();

        Assert.Equal(100, verdicts.Count);
        Assert.Equal(100, verdicts.Select(verdict => verdict.RequestId).Distinct().Count());
        Assert.Equal(100, savedCount());
    }

    private static IAsyncEnumerable<SubmitRecordRequest> Rows(int count) =>
        AsyncEnumerable.Range(1, count).Select(row => new SubmitRecordRequest { Header = new() { RequestId = Id(row) }, FollowUp = new() });

    private static string Id(int row) => $"0198f0c2-0000-7000-8000-{row:x12}";
}
