using System.Diagnostics;
using Equecel.Analytics.V1;
using Equecel.Benchmarks.Running;
using Equecel.Client;
using Equecel.Common.V1;
using Google.Protobuf;
using Grpc.Core;

namespace Equecel.Benchmarks.Load;

/// <summary>Asks as the study team does.</summary>
/// <param name="platform">The platform.</param>
/// <param name="address">Where Analytics is asked; null for the gateway.</param>
internal sealed class StudyTeam(PlatformProcess platform, Uri? address = null) : IDisposable
{
    private readonly EquecelClient client = platform.NewClient("study-team", address: address);

    /// <summary>Asks for the curve of all participants, with its points.</summary>
    /// <param name="level">Confidence level; one not asked before cannot come from the cache.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<SurvivalCurve> GetCurveAsync(double level, CancellationToken cancellation) =>
        await client.Analytics.GetSurvivalCurveAsync(
            new() { Endpoint = Endpoint.OverallSurvival, ConfidenceLevel = level }, cancellationToken: cancellation);

    /// <summary>Infused participants of a site whose data is collected as it happens: few, so the answer costs little.</summary>
    public async Task<long> CountProspectiveAsync(string site, CancellationToken cancellation)
    {
        var curve = await client.Analytics.GetSurvivalCurveAsync(
            new()
            {
                Endpoint = Endpoint.OverallSurvival,
                Population = new() { Sites = { site }, Origin = DataOrigin.Prospective },
                WithoutPoints = true,
            },
            cancellationToken: cancellation);
        return curve.Strata.Count == 0 ? 0 : curve.Strata[0].ParticipantCount;
    }

    /// <summary>Asks any question about the study, and reads the answer to its end.</summary>
    public async Task AskAsync(IMessage request, CancellationToken cancellation)
    {
        var analytics = client.Analytics;
        await (request switch
        {
            GetSurvivalCurveRequest survival => analytics.GetSurvivalCurveAsync(survival, cancellationToken: cancellation).ResponseAsync,
            GetIncidenceCurveRequest incidence => analytics.GetIncidenceCurveAsync(incidence, cancellationToken: cancellation).ResponseAsync,
            GetTableRequest table => analytics.GetTableAsync(table, cancellationToken: cancellation).ResponseAsync,
            ListSwimmerLanesRequest swimmer => ReadAsync(analytics.ListSwimmerLanes(swimmer, cancellationToken: cancellation), cancellation),
            GetReportRequest report => ReadAsync(analytics.GetReport(report, cancellationToken: cancellation), cancellation),
            ExportDatasetsRequest export => ReadAsync(analytics.ExportDatasets(export, cancellationToken: cancellation), cancellation),
            _ => throw new ArgumentException($"There is no answer to a {request.Descriptor.Name}.", nameof(request)),
        });
    }

    /// <summary>Waits until an answer is made of so many versions of records.</summary>
    /// <returns>How long that took.</returns>
    /// <exception cref="TimeoutException">It took more than two minutes.</exception>
    public async Task<TimeSpan> WaitForVersionsAsync(long count, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var curve = await client.Analytics.GetSurvivalCurveAsync(
                new() { Endpoint = Endpoint.OverallSurvival, Population = new() { Origin = DataOrigin.Prospective }, WithoutPoints = true },
                cancellationToken: cancellation);
            if (curve.Position.VersionCount >= count)
            {
                return clock.Elapsed;
            }

            if (clock.Elapsed > TimeSpan.FromMinutes(2))
            {
                throw new TimeoutException($"Analytics has {curve.Position.VersionCount} of {count} versions.");
            }

            await Task.Delay(10, cancellation);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private static async Task ReadAsync<T>(AsyncServerStreamingCall<T> call, CancellationToken cancellation)
    {
        using (call)
        {
            await foreach (var _ in call.ResponseStream.ReadAllAsync(cancellation))
            {
                // Parsed, as a caller has it.
            }
        }
    }
}
