using System.Globalization;
using System.Security.Cryptography;
using Equecel.Analytics.Cohort;
using Equecel.Analytics.Ingestion;
using Equecel.Analytics.V1;
using Equecel.Common.V1;
using Equecel.ServiceDefaults;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Npgsql;
using static Equecel.Analytics.Endpoints.ScopeChecks;

namespace Equecel.Analytics.Snapshots;

/// <summary>Creates snapshots and tells of them.</summary>
internal sealed class SnapshotRpcs(
    SnapshotStore snapshots, Completeness completeness, NpgsqlDataSource database, LiveCohort live, TimeProvider time, ILogger<SnapshotRpcs> logger)
{
    private const int UsualPage = 50;
    private const int LargestPage = 500;

    /// <summary>Creates one.</summary>
    /// <param name="request">Which.</param>
    /// <param name="caller">Who asks for it.</param>
    /// <param name="cancellation">Ends the wait for what is missing.</param>
    /// <exception cref="Grpc.Core.RpcException">
    /// INVALID_ARGUMENT naming every field at fault; ALREADY_EXISTS: the label or the request id is taken; FAILED_PRECONDITION: what was
    /// saved by the instant is not all there; UNAVAILABLE: a service that must be asked, or the database, cannot be reached.
    /// </exception>
    public Task<Snapshot> CreateAsync(CreateSnapshotRequest request, Caller caller, CancellationToken cancellation) => AskAsync(async () =>
    {
        Demand(SnapshotChecks.Run(request, time.GetUtcNow()));
        var (requestId, hash) = (Guid.ParseExact(request.RequestId, "D"), HashOf(request));
        if (await FindAsync(request, caller, requestId, hash, cancellation) is { } known)
        {
            return known;
        }

        // The database keeps microseconds.
        var asked = request.AsOfTime?.ToDateTimeOffset() ?? time.GetUtcNow();
        var asOf = asked.AddTicks(-(asked.UtcTicks % TimeSpan.TicksPerMicrosecond));
        await completeness.DemandAsync(asOf, cancellation);
        await snapshots.AddAsync(
            new Snapshot
            {
                Label = request.Label,
                AsOfTime = asOf.ToTimestamp(),
                Comment = request.Comment,
                VersionCount = await CountAsync(asOf, cancellation),
                Actor = caller.Actor,
                Client = caller.Client,
            },
            requestId, hash);
        logger.LogInformation("Snapshot {Label} as of {AsOf} created by {Actor}", request.Label, asOf, caller.Actor);
        return await FindAsync(request, caller, requestId, hash, CancellationToken.None) ?? throw new InvalidOperationException("A snapshot that was kept is not there.");
    });

    /// <summary>Gets one.</summary>
    /// <param name="request">Which.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT; NOT_FOUND; UNAVAILABLE: the database cannot be reached.</exception>
    public Task<Snapshot> GetAsync(GetSnapshotRequest request, CancellationToken cancellation) => AskAsync(() =>
    {
        Demand(SnapshotChecks.Run(request));
        return snapshots.GetAsync(request.Label, cancellation);
    });

    /// <summary>A page of them, the newest first.</summary>
    /// <param name="request">Which.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT; UNAVAILABLE: the database cannot be reached.</exception>
    public Task<ListSnapshotsResponse> ListAsync(ListSnapshotsRequest request, CancellationToken cancellation) => AskAsync(async () =>
    {
        Demand(SnapshotChecks.Run(request));
        var size = request.PageSize == 0 ? UsualPage : Math.Min(request.PageSize, LargestPage);
        var found = await snapshots.ListAsync(SnapshotChecks.FindPlace(request.PageToken), size + 1, cancellation);
        return new ListSnapshotsResponse
        {
            Snapshots = { found.Take(size).Select(one => one.Snapshot) },
            NextPageToken = found.Count > size ? found[size - 1].Number.ToString(CultureInfo.InvariantCulture) : "",
        };
    });

    /// <summary>What the request made when it was sent before; null when it was not.</summary>
    private async Task<Snapshot?> FindAsync(CreateSnapshotRequest request, Caller caller, Guid requestId, byte[] hash, CancellationToken cancellation)
    {
        if (await FindSentAsync() is { } sent)
        {
            return sent;
        }

        if (await snapshots.FindAsync(request.Label, cancellation) is not { } other)
        {
            return null;
        }

        // It may be the request's own, kept since it was looked for.
        return await FindSentAsync() ?? throw RpcError.Of(
            Grpc.Core.StatusCode.AlreadyExists, ErrorReason.SnapshotExists,
            $"There is a snapshot {other.Label} already, as of {other.AsOfTime.ToDateTime():u}. A snapshot stays as it is: take another label.", [],
            new ResourceInfo { ResourceType = "equecel.snapshot", ResourceName = other.Label });

        async Task<Snapshot?> FindSentAsync() =>
            await snapshots.FindRequestAsync(caller.Client, requestId, cancellation) is not { } found ? null
            : found.RequestHash.AsSpan().SequenceEqual(hash) ? found.Snapshot
            : throw RpcError.RequestIdReused(request.RequestId);
    }

    private async Task<long> CountAsync(DateTimeOffset asOf, CancellationToken cancellation)
    {
        await using var connection = await database.OpenUnlimitedAsync(cancellation);
        return (await StoredCohort.ReadPositionAsync(connection, asOf, cancellation)).VersionCount;
    }

    // Without its id, a request is the same when it asks for the same.
    private static byte[] HashOf(CreateSnapshotRequest request) => SHA256.HashData(new CreateSnapshotRequest(request) { RequestId = "" }.ToByteArray());

    private async Task<T> AskAsync<T>(Func<Task<T>> ask) => live.Loaded.IsCompleted
        ? await AnalyticsDatabase.AskAsync(ask)
        : throw RpcError.DependencyDown("The study's cohort", TimeSpan.FromSeconds(1));
}
