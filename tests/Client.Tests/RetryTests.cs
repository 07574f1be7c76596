using System.Collections.Concurrent;
using Equecel.Client.Tests.Peer;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Status = Grpc.Core.Status;

namespace Equecel.Client.Tests;

public sealed class RetryTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> requestIds = new();
    private TestPlatform platform = null!;

    public async Task InitializeAsync() => platform = await TestPlatform.StartAsync();

    public async Task DisposeAsync() => await platform.DisposeAsync();

    [Theory]
    [InlineData(StatusCode.Unavailable)]
    [InlineData(StatusCode.DeadlineExceeded)]
    public async Task What_passes_is_sent_again_with_the_same_request_id(StatusCode code)
    {
        FailTimes(2, () => new RpcException(new Status(code, "")));
        using var client = platform.NewClient();

        var record = await client.Enrolment.SubmitRecordAsync(new());

        Assert.Equal(3, requestIds.Count);
        Assert.Equal(record.Header.RequestId, Assert.Single(requestIds.Distinct()));
        Assert.True(Guid.TryParse(record.Header.RequestId, out var id) && id.Version == 7);
    }

    [Fact]
    public async Task A_connection_that_is_torn_down_is_no_answer()
    {
        platform.Enrolment.OnSubmit = (request, context) =>
        {
            requestIds.Enqueue(request.Header.RequestId);
            if (requestIds.Count == 1)
            {
                context.GetHttpContext().Abort();
            }

            return Task.FromResult(new Enrolment.V1.EnrolmentRecord());
        };
        using var client = platform.NewClient();

        await client.Enrolment.SubmitRecordAsync(new());

        Assert.Equal(2, requestIds.Count);
        Assert.Single(requestIds.Distinct());
    }

    [Fact]
    public async Task A_request_id_of_the_caller_is_kept()
    {
        using var client = platform.NewClient();

        var record = await client.Enrolment.SubmitRecordAsync(new() { Header = new() { RequestId = "0198f0c2-0000-7000-8000-000000000001" } });

        Assert.Equal("0198f0c2-0000-7000-8000-000000000001", record.Header.RequestId);
    }

    [Fact]
    public async Task Five_attempts_are_made_in_all()
    {
        FailTimes(9, () => new RpcException(new Status(StatusCode.Unavailable, "")));
        using var client = platform.NewClient();

        await Assert.ThrowsAsync<RpcException>(async () => await client.Enrolment.SubmitRecordAsync(new()));

        Assert.Equal(5, requestIds.Count);
    }

    [Theory]
    [InlineData(StatusCode.Internal)]
    [InlineData(StatusCode.Aborted)]
    [InlineData(StatusCode.InvalidArgument)]
    [InlineData(StatusCode.ResourceExhausted)]
    [InlineData(StatusCode.Unknown)]
    public async Task What_another_attempt_does_not_mend_is_not_sent_again(StatusCode code)
    {
        FailTimes(9, () => new RpcException(new Status(code, "")));
        using var client = platform.NewClient();

        var failure = await Assert.ThrowsAsync<RpcException>(async () => await client.Enrolment.SubmitRecordAsync(new()));

        Assert.Equal(code, failure.StatusCode);
        Assert.Single(requestIds);
    }

    [Fact]
    public async Task A_push_back_says_when_to_come_again()
    {
        FailTimes(1, () => new RpcException(new Status(StatusCode.ResourceExhausted, ""), new Metadata { { "grpc-retry-pushback-ms", "1" } }));
        using var client = platform.NewClient();

        await client.Enrolment.SubmitRecordAsync(new());

        Assert.Equal(2, requestIds.Count);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("soon")]
    [InlineData("3600000")]
    public async Task A_push_back_that_says_not_to_come_again_is_obeyed(string pushBack)
    {
        FailTimes(9, () => new RpcException(new Status(StatusCode.Unavailable, ""), new Metadata { { "grpc-retry-pushback-ms", pushBack } }));
        using var client = platform.NewClient();

        await Assert.ThrowsAsync<RpcException>(async () => await client.Enrolment.SubmitRecordAsync(new()));

        Assert.Single(requestIds);
    }

    [Fact]
    public async Task Retry_info_says_when_to_come_again()
    {
        FailTimes(1, () => new Google.Rpc.Status
        {
            Code = (int)StatusCode.ResourceExhausted,
            Details = { Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(1)) }) },
        }.ToRpcException());
        using var client = platform.NewClient();

        await client.Enrolment.SubmitRecordAsync(new());

        Assert.Equal(2, requestIds.Count);
    }

    [Fact]
    public void A_blocking_call_is_sent_again_too()
    {
        FailTimes(2, () => new RpcException(new Status(StatusCode.Unavailable, "")));
        using var client = platform.NewClient();

        var record = client.Enrolment.SubmitRecord(new());

        Assert.Equal(record.Header.RequestId, Assert.Single(requestIds.Distinct()));
        Assert.Equal(3, requestIds.Count);
    }

    [Fact]
    public async Task A_caller_that_gives_up_is_not_kept_waiting_by_attempts()
    {
        using var stop = new CancellationTokenSource();
        platform.Enrolment.OnSubmit = async (request, context) =>
        {
            requestIds.Enqueue(request.Header.RequestId);
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
            return new();
        };
        using var client = platform.NewClient();

        var failure = await Assert.ThrowsAsync<RpcException>(async () => await client.Enrolment.SubmitRecordAsync(new(), cancellationToken: stop.Token));

        Assert.Equal(StatusCode.Cancelled, failure.StatusCode);
        Assert.Single(requestIds);
    }

    [Fact]
    public async Task A_call_without_a_deadline_is_given_one()
    {
        DateTime? deadline = null;
        platform.Enrolment.OnSubmit = (_, context) =>
        {
            deadline = context.Deadline;
            return Task.FromResult(new Enrolment.V1.EnrolmentRecord());
        };
        using var client = platform.NewClient();

        await client.Enrolment.SubmitRecordAsync(new());

        Assert.InRange(deadline!.Value, DateTime.UtcNow, DateTime.UtcNow.AddSeconds(10));
    }

    private void FailTimes(int times, Func<RpcException> failure) =>
        platform.Enrolment.OnSubmit = (request, _) =>
        {
            requestIds.Enqueue(request.Header.RequestId);
            return requestIds.Count <= times
                ? throw failure()
                : Task.FromResult(new Enrolment.V1.EnrolmentRecord { Header = new() { RequestId = request.Header.RequestId } });
        };
}
