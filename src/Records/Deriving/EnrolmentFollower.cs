using System.Diagnostics;
using System.Threading.Channels;
using Equecel.Enrolment.V1;
using Equecel.Records.Store;
using Equecel.Records.V1;
using Equecel.Records.Verbs;
using Grpc.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Equecel.Records.Deriving;

/// <summary>
/// Follows what Enrolment saves of who participants are and how they were treated, and derives anew for them: an infusion that is dated
/// otherwise changes what this service computed from its own records.
/// </summary>
/// <remarks>
/// Once at once, and once more when nobody can compute any longer from what was kept of the participants before: memory of instances
/// of this service and of Enrolment, and the cache (<c>Directory:SettledAfter</c>, a minute when not set). Until then the place in the
/// feed is not stored.
/// </remarks>
internal sealed class EnrolmentFollower(
    RecordDatabase database, RecordContract contract, DerivedSaver saver, FeedPosition position, EnrolmentService.EnrolmentServiceClient enrolment,
    IConfiguration configuration, FollowLoop loop) : BackgroundService
{
    private const string Feed = "enrolment";
    private static readonly TimeSpan StoreEvery = TimeSpan.FromSeconds(1);

    private readonly TimeSpan settledAfter = configuration.GetValue("Directory:SettledAfter", TimeSpan.FromMinutes(1));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WaitUntilMigratedAsync(stoppingToken);
        await loop.RunAsync("enrolment_feed", succeeded => RunAsync(succeeded, stoppingToken), stoppingToken);
    }

    private async Task RunAsync(Action succeeded, CancellationToken stopping)
    {
        var (token, stands) = (await position.ReadAsync(Feed, stopping), false);
        var told = Channel.CreateUnbounded<Told>();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var following = FollowAsync(token, told.Writer, () => { stands = true; succeeded(); }, ending.Token);
        var settling = SettleAsync(told.Reader, ending.Token);
        await Task.WhenAny(following, settling);
        await ending.CancelAsync();
        try
        {
            await Task.WhenAll(settling, following);
        }
        catch (RpcException) when (stopping.IsCancellationRequested)
        {
            stopping.ThrowIfCancellationRequested();
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.Unauthenticated && stands)
        {
            // A feed lasts as long as its token: it is taken up with a new one.
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.InvalidArgument && token.Length > 0)
        {
            // Enrolment gives other tokens now. What is derived again is the same.
            await position.StoreAsync(Feed, "", stopping);
            throw;
        }
    }

    private async Task FollowAsync(string token, ChannelWriter<Told> told, Action succeeded, CancellationToken ending)
    {
        using var call = enrolment.WatchRecords(new WatchRecordsRequest { ResumeToken = token, Kinds = { FollowedFacts.ByKind.Keys } }, cancellationToken: ending);
        var causes = new Dictionary<string, string>();
        var sinceTold = Stopwatch.StartNew();
        await foreach (var change in call.ResponseStream.ReadAllAsync(ending))
        {
            // An older Enrolment tells all kinds.
            if (change.Record?.Header is { } header && FollowedFacts.ByKind.ContainsKey(header.Kind))
            {
                causes[header.Participant] = DerivedSaver.Cause(header);
            }

            if (!change.CaughtUp && causes.Count < JournalFeed.BatchSize)
            {
                continue;
            }

            await DeriveAsync(causes, ending);
            if (causes.Count > 0 || sinceTold.Elapsed > StoreEvery)
            {
                await told.WriteAsync(new Told(causes, change.ResumeToken, Stopwatch.GetTimestamp()), ending);
                causes = [];
                sinceTold.Restart();
            }

            succeeded();
        }
    }

    private async Task SettleAsync(ChannelReader<Told> told, CancellationToken ending)
    {
        await foreach (var (causes, token, since) in told.ReadAllAsync(ending))
        {
            if (settledAfter - Stopwatch.GetElapsedTime(since) is var left && left > TimeSpan.Zero)
            {
                await Task.Delay(left, ending);
            }

            await DeriveAsync(causes, ending);
            await position.StoreAsync(Feed, token, ending);
        }
    }

    private async Task DeriveAsync(IReadOnlyDictionary<string, string> causes, CancellationToken ending)
    {
        foreach (var derivation in contract.Forms.Derivations)
        {
            await saver.SaveAsync(derivation, causes, afresh: true, ending);
        }
    }

    private sealed record Told(IReadOnlyDictionary<string, string> Causes, string Token, long Since);
}
