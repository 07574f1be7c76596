using Equecel.Analytics.V1;
using Equecel.Client;
using Grpc.Core;

namespace Equecel.EndToEnd.Tests.Running;

/// <summary>A platform of which parts are killed.</summary>
public sealed class DisruptedPlatform : IAsyncLifetime
{
    internal Platform Platform { get; private set; } = null!;

    public async Task InitializeAsync() => Platform = await Platform.StartAsync();

    public async Task DisposeAsync() => await Platform.DisposeAsync();

    /// <summary>
    /// Waits until Analytics holds exactly the versions of all journals and nothing more is derived, and fails on a version that is not sound.
    /// </summary>
    internal async Task JournalsAreWitnessedAsync()
    {
        using var study = Platform.Client("study-team");
        for (var before = -1L; ;)
        {
            await Eventually.IsAsync(async () =>
                await FindDifferenceAsync(study, "enrolment") ?? await FindDifferenceAsync(study, "assessment") ?? await FindDifferenceAsync(study, "safety")
                ?? await FindDifferenceAsync(study, "questionnaire"));
            var now = await VersionCountAsync(study);
            if (now == before)
            {
                return;
            }

            before = now;
            await Task.Delay(1000);
        }
    }

    /// <summary>The study's overall survival, without when it was asked.</summary>
    internal async Task<SurvivalCurve> CurveAsync()
    {
        using var study = Platform.Client("study-team");
        var curve = await study.Analytics.GetSurvivalCurveAsync(new() { Endpoint = Endpoint.OverallSurvival, Grouping = Grouping.Site });
        curve.Position = null;
        return curve;
    }

    /// <summary>Every record of both services, as the study sees it.</summary>
    internal async Task<List<Google.Protobuf.IMessage>> RecordsAsync()
    {
        using var study = Platform.Client("study-team");
        var records = new List<Google.Protobuf.IMessage>();
        var page = "";
        do
        {
            var answer = await study.Enrolment.ListRecordsAsync(new() { PageSize = 500, PageToken = page, IncludeRetracted = true });
            records.AddRange(answer.Records);
            page = answer.NextPageToken;
        }
        while (page.Length > 0);

        do
        {
            var answer = await study.Safety.ListRecordsAsync(new() { PageSize = 500, PageToken = page, IncludeRetracted = true });
            records.AddRange(answer.Records);
            page = answer.NextPageToken;
        }
        while (page.Length > 0);

        return records;
    }

    private static async Task<long> VersionCountAsync(EquecelClient study) =>
        (await study.Analytics.GetSurvivalCurveAsync(new() { Endpoint = Endpoint.OverallSurvival, WithoutPoints = true })).Position.VersionCount;

    private static async Task<string?> FindDifferenceAsync(EquecelClient study, string service)
    {
        try
        {
            using var witness = study.Analytics.ListWitnessedHashes(new() { Service = service });
            var witnessed = await witness.ResponseStream.ReadAllAsync().ToDictionaryAsync(hash => (hash.RecordId, hash.Version), hash => hash.Hash);
            using var journal = service switch
            {
                "enrolment" => study.Enrolment.VerifyJournal(new()),
                "assessment" => study.Assessment.VerifyJournal(new()),
                "safety" => study.Safety.VerifyJournal(new()),
                _ => study.Questionnaire.VerifyJournal(new()),
            };
            var verified = await journal.ResponseStream.ReadAllAsync().ToListAsync();
            // After the versions come the signed checkpoints, which are of no record.
            var saved = verified.Where(version => version.RecordId.Length > 0).ToDictionary(version => (version.RecordId, version.Version));

            Assert.All(verified, version => Assert.Equal("", version.Fault));
            Assert.All(witnessed, hash => Assert.Equal(saved[hash.Key].Hash, hash.Value));
            return saved.Count == witnessed.Count ? null : $"Of {saved.Count} versions of {service}, {witnessed.Count} are witnessed";
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.Unavailable or StatusCode.Internal or StatusCode.Cancelled)
        {
            // A part that was killed is on its way up.
            return e.Status.Detail;
        }
    }
}

[CollectionDefinition(Name)]
public sealed class SharedDisruptions : ICollectionFixture<DisruptedPlatform>
{
    public const string Name = "Disruptions";
}
