using System.Runtime.CompilerServices;
using Equecel.Records.V1;
using Grpc.Core;

namespace Equecel.Client.Streams;

/// <summary>Follows a service's feed, over cuts.</summary>
internal static class RecordWatch
{
    /// <summary>Follows the feed.</summary>
    /// <param name="open">Opens the feed.</param>
    /// <param name="tokenOf">The token of a change.</param>
    /// <param name="request">From where, and whether to end; moved on with each change.</param>
    /// <param name="newResumption">Makes what decides how long a cut feed is taken up again.</param>
    /// <param name="cancellationToken">Stops following.</param>
    public static async IAsyncEnumerable<TChange> FollowAsync<TChange>(
        Func<WatchRecordsRequest, CallOptions, AsyncServerStreamingCall<TChange>> open,
        Func<TChange, string> tokenOf,
        WatchRecordsRequest request,
        Func<Resumption> newResumption,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var run = new Run<TChange>(open, request, newResumption(), cancellationToken);
        while (await run.NextAsync())
        {
            var change = run.Current;
            yield return change;

            // Only now, when the caller came back, is the change dealt with.
            request.ResumeToken = tokenOf(change);
        }
    }

    private sealed class Run<TChange>(
        Func<WatchRecordsRequest, CallOptions, AsyncServerStreamingCall<TChange>> open,
        WatchRecordsRequest request, Resumption resumption, CancellationToken cancellationToken) : IDisposable
    {
        private AsyncServerStreamingCall<TChange>? call;

        public TChange Current => call!.ResponseStream.Current;

        public async ValueTask<bool> NextAsync()
        {
            while (true)
            {
                RpcException failure;
                try
                {
                    if (call is null)
                    {
                        resumption.Start();
                        call = open(request, new CallOptions(cancellationToken: cancellationToken));
                    }

                    if (await call.ResponseStream.MoveNext(cancellationToken))
                    {
                        resumption.Progress();
                        return true;
                    }

                    if (request.UntilCaughtUp)
                    {
                        return false;
                    }

                    failure = new RpcException(new Status(StatusCode.Unavailable, "The service ended the feed."));
                }
                catch (RpcException e)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    failure = e;
                }

                Dispose();
                await resumption.WaitAsync(failure, cancellationToken);
            }
        }

        public void Dispose()
        {
            call?.Dispose();
            call = null;
        }
    }
}
