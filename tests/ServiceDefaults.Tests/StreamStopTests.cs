using Equecel.Enrolment.V1;
using Equecel.Records.V1;
using Equecel.Testing;
using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Equecel.ServiceDefaults.Tests;

/// <summary>A gRPC service with the defaults, of which one stream brings nothing and another does not end.</summary>
public sealed class StreamStopTests : IAsyncLifetime
{
    private readonly Streams streams = new();
    private DefaultsHost host = null!;

    public async Task InitializeAsync() => host = await DefaultsHost.StartAsync(streams, ("Drain:Pause", "00:00:00"));

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task Streams_end_with_the_service_and_their_callers_are_told_to_come_again()
    {
        using var waits = host.Client.WatchRecords(new(), Headers());
        using var waitsAtMost = host.Client.WatchRecords(new(), Headers(), DateTime.UtcNow.AddMinutes(5));
        using var goesOn = host.Client.ExportTrail(new(), Headers());
        var ends = Task.WhenAll(EndOfAsync(waits.ResponseStream), EndOfAsync(waitsAtMost.ResponseStream), EndOfAsync(goesOn.ResponseStream));
        await Eventually.TrueAsync(() => streams.Count == 3);

        var stopped = host.App.StopAsync();

        Assert.All(await ends, DemandStopping);
        await stopped;
    }

    [Fact]
    public async Task A_stream_whose_caller_did_not_read_on_is_told_when_it_does()
    {
        using var export = host.Client.ExportTrail(new(), Headers());
        await Eventually.TrueAsync(() => streams.HasStalled);

        var stopped = host.App.StopAsync();
        await Eventually.TrueAsync(() => host.App.Services.GetRequiredService<Drain>().Ending.IsCancellationRequested);

        DemandStopping(await EndOfAsync(export.ResponseStream));
        await stopped;
    }

    private static void DemandStopping(RpcException end)
    {
        Assert.Equal((StatusCode.Unavailable, "1000"), (end.StatusCode, end.Trailers.GetValue("grpc-retry-pushback-ms")));
        Assert.StartsWith("This service is stopping", end.Status.Detail, StringComparison.Ordinal);
        Assert.Equal("DEPENDENCY_DOWN", end.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason);
        Assert.Equal(1, end.GetRpcStatus()!.GetDetail<RetryInfo>()!.RetryDelay.Seconds);
    }

    private static Task<RpcException> EndOfAsync<T>(IAsyncStreamReader<T> stream) => Assert.ThrowsAsync<RpcException>(async () =>
    {
        while (await stream.MoveNext(CancellationToken.None))
        {
            // What comes before it.
        }
    });

    private Metadata Headers() => new() { { "authorization", $"Bearer {host.Token()}" } };

    private sealed class Streams : EnrolmentService.EnrolmentServiceBase
    {
        private int count;
        private long written;

        public int Count => Volatile.Read(ref count);

        /// <summary>Whether a caller has stopped to read.</summary>
        public bool HasStalled => Volatile.Read(ref written) is > 0 and var last && TimeProvider.System.GetElapsedTime(last) > TimeSpan.FromMilliseconds(300);

        public override Task WatchRecords(WatchRecordsRequest request, IServerStreamWriter<EnrolmentRecordChange> responseStream, ServerCallContext context)
        {
            Interlocked.Increment(ref count);
            return Task.Delay(Timeout.Infinite, context.CancellationToken);
        }

        public override async Task ExportTrail(ExportTrailRequest request, IServerStreamWriter<TrailEntry> responseStream, ServerCallContext context)
        {
            Interlocked.Increment(ref count);
            while (true)
            {
                await responseStream.WriteAsync(new() { FormJson = new string('x', 10_000) }, context.CancellationToken);
                Volatile.Write(ref written, TimeProvider.System.GetTimestamp());
            }
        }
    }
}
