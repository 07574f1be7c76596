using Equecel.Analytics.Cohort;
using Equecel.Analytics.Dossiers;
using Equecel.Analytics.Endpoints;
using Equecel.Analytics.Ingestion;
using Equecel.Analytics.Tests.Support;
using Equecel.Analytics.V1;
using Equecel.Common.V1;
using Equecel.Records.V1;
using Equecel.Safety.V1;
using Equecel.Testing;
using Google.Protobuf;
using Grpc.Core;

namespace Equecel.Analytics.Tests.Endpoints;

[Collection(Servers.Name)]
public sealed class CurveCounterTests(TestPostgres postgres, TestRabbitMq rabbit)
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Population[] Populations =
    [
        new(),
        new() { Origin = DataOrigin.Retrospective, Sites = { "01", "03" } },
        new() { Subgroups = { new Subgroup { Grouping = Grouping.Sex, Key = "FEMALE" }, new Subgroup { Grouping = Grouping.HighRisk, Key = "NO" } } },
    ];

    [Fact]
    public async Task Every_curve_from_the_columns_is_that_from_the_dossiers_to_the_byte_whatever_was_taken_in()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        var study = new RandomStudy(20260601) { HasSubgroups = true };
        List<IMessage> first = [.. study.Enrol(60), .. study.Change(60)];
        platform.Capture.Saved.Add(first);
        List<IMessage> later = [.. study.Change(300), .. study.Enrol(20), .. study.Change(200)];
        await using (var analytics = await platform.StartAnalyticsAsync())
        {
            await analytics.CurveOfAsync(first.Count);
            foreach (var some in study.Shuffled(later).Chunk(100))
            {
                await platform.Broker.PublishAsync(some);

                // So that participants are derived in between, and again.
                await analytics.Client.GetSurvivalCurveAsync(new() { Endpoint = V1.Endpoint.ProgressionFreeSurvival, Grouping = Grouping.Age }, analytics.Study);
            }

            await analytics.CurveOfAsync(first.Count + later.Count);
            await CompareAsync(analytics);

            platform.Capture.Saved.Add(later);
            using var rebuild = analytics.Client.Rebuild(new(), analytics.Operator);
            await foreach (var step in rebuild.ResponseStream.ReadAllAsync())
            {
                _ = step;
            }

            await CompareAsync(analytics);
        }

        await using var restarted = await platform.StartAnalyticsAsync();
        await restarted.CurveOfAsync(first.Count + later.Count);
        await CompareAsync(restarted);
    }

    [Fact]
    public async Task A_curve_that_is_counted_while_changes_flow_in_is_of_exactly_the_versions_that_it_tells()
    {
        const int Pairs = 10;
        const int Batches = 300;
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();
        var (ingestor, counter) = (analytics.Part<Ingestor>(), analytics.Part<CurveCounter>());
        List<string> participants = [.. from site in (string[])["01", "02"] from number in Enumerable.Range(1, Pairs) select $"{site}-{number:0000}"];
        await platform.Broker.PublishAsync(participants.Select(participant => Sent.Infusion(participant, "2024-01-15")));
        await analytics.CurveOfAsync(participants.Count);

        // Each batch has everybody of one site die, and takes back that everybody of the other did.
        List<IMessage> deaths = participants.ConvertAll<IMessage>(participant => Sent.Death(participant, "2024-03-01"));
        var scope = SurvivalQuestion.Parse(new() { Endpoint = V1.Endpoint.ProgressionFreeSurvival, Grouping = Grouping.Site }, Now).Scope;
        var taking = Task.Run(async () =>
        {
            for (var batch = 0; batch < Batches; batch++)
            {
                deaths = deaths.ConvertAll(death => Sent.Next(death, (_, header) => header.State = IsDead(header.Site, batch) ? RecordState.Active : RecordState.Retracted));
                await ingestor.TakeAsync(deaths.ConvertAll(death => Arrived(analytics, (SafetyRecord)death)), position: null, CancellationToken.None);
            }
        });
        while (!taking.IsCompleted)
        {
            Check(await counter.CountAsync(scope, asOf: null, CancellationToken.None));
            if (await counter.FindInColumnsAsync(scope, CancellationToken.None) is { } counted)
            {
                Check(counted);
            }
        }

        await taking;
        var last = await counter.FindInColumnsAsync(scope, CancellationToken.None);
        Check(last!);
        Assert.Equal(participants.Count * (Batches + 1), last!.Position.VersionCount);

        static bool IsDead(string site, int batch) => (site == "01") == (batch % 2 == 0);

        void Check(CountedCurve counted)
        {
            Assert.Equal(0, counted.Position.VersionCount % participants.Count);
            var batch = (int)(counted.Position.VersionCount / participants.Count) - 2;
            Assert.Equal(
                ["01", "02"],
                counted.Counts.Groups.Select(group => group.Key));
            Assert.All(
                counted.Counts.Groups,
                group => Assert.Equal(batch >= 0 && IsDead(group.Key, batch) ? Pairs : 0, group.Value.Times.ToTable().EventCount));
        }
    }

    [Fact]
    public async Task What_its_service_took_away_is_not_in_the_columns_any_more()
    {
        await using var platform = await Platform.StartAsync(postgres, rabbit);
        await using var analytics = await platform.StartAnalyticsAsync();
        var death = Sent.Death("01-0001", "2024-01-25");
        await platform.Broker.PublishAsync(Sent.Infusion("01-0001", "2024-01-15"), death);
        await analytics.CurveOfAsync(2);
        Assert.Equal(1, await EventsAsync());

        // It was amended before, which is still on its way.
        platform.Capture.Saved.HasDigests = false;
        platform.Capture.Saved.Add(death.Redacted());
        analytics.CatchUp();

        await AnalyticsHost.UntilAsync(async () => await EventsAsync() == 0);

        async Task<long> EventsAsync() => (await analytics.Client.GetSurvivalCurveAsync(
            new() { Endpoint = V1.Endpoint.ProgressionFreeSurvival }, analytics.Study)).Strata.Single().EventCount;
    }

    private static Arrival Arrived(AnalyticsHost analytics, SafetyRecord record)
    {
        var body = new SafetyRecordChange { Record = record }.ToByteArray();
        var service = analytics.Part<IEnumerable<CaptureService>>().Single(one => one.Name == "safety");
        return Arrival.Read(new ReceivedMessage("test", new Dictionary<string, string?>(), () => body), () => service.Read(body));
    }

    /// <summary>Compares every curve that can be asked for, from both, of the same data.</summary>
    private static async Task CompareAsync(AnalyticsHost analytics)
    {
        var counter = analytics.Part<CurveCounter>();
        var (dossiers, stored) = await ReadAsync(analytics.Part<DossierReader>());
        foreach (var population in Populations)
        {
            foreach (var grouping in Enum.GetValues<Grouping>())
            {
                foreach (var request in Survival(population, grouping))
                {
                    var question = SurvivalQuestion.Parse(request, Now);
                    await SameAsync(question.Scope, $"{request}", (counts, position) => SurvivalAnswer.Compute(question, counts, position));
                }

                foreach (var request in Incidence(population, grouping))
                {
                    await SameAsync(CurveScope.Of(request), $"{request}", (counts, position) => IncidenceAnswers.Compute(request, counts, position));
                }
            }
        }

        async Task SameAsync(CurveScope scope, string question, Func<CurveCounts, DataPosition, IMessage> compute)
        {
            var expected = await CurveCounts.OfAsync(
                dossiers.Where(dossier => scope.Population.HasSite(dossier.Site)).ToAsyncEnumerable(), scope);
            var found = await counter.FindInColumnsAsync(scope, CancellationToken.None);
            Assert.NotNull(found);
            Assert.True(
                compute(expected, ToV1(stored)).ToByteString() == compute(found.Counts, ToV1(found.Position)).ToByteString(), question);
        }
    }

    private static async Task<(List<Dossier> Dossiers, CohortPosition Position)> ReadAsync(DossierReader reader)
    {
        await using var moment = await reader.OpenAsync(asOf: null, CancellationToken.None);
        return (await moment.ReadAsync([], CancellationToken.None).ToListAsync(), moment.Position);
    }

    // How soon something was taken in differs: the database's clock tells it of what is stored, ours of what came since.
    private static DataPosition ToV1(CohortPosition position) => (position with { Freshness = TimeSpan.Zero }).ToV1(asOf: null, Now);

    private static IEnumerable<GetSurvivalCurveRequest> Survival(Population population, Grouping grouping)
    {
        yield return new() { Endpoint = V1.Endpoint.OverallSurvival, Population = population, Grouping = grouping };
        foreach (var endpoint in (V1.Endpoint[])[V1.Endpoint.ProgressionFreeSurvival, V1.Endpoint.DurationOfResponse])
        {
            for (var censoring = 0; censoring < 4; censoring++)
            {
                yield return new()
                {
                    Endpoint = endpoint,
                    CensorAtNewTherapy = (censoring & 1) != 0,
                    CensorAfterMissedAssessments = (censoring & 2) != 0,
                    Population = population,
                    Grouping = grouping,
                };
            }
        }
    }

    private static IEnumerable<GetIncidenceCurveRequest> Incidence(Population population, Grouping grouping) =>
        from endpoint in (IncidenceEndpoint[])[IncidenceEndpoint.Response, IncidenceEndpoint.CompleteResponse]
        from basis in (ResponseBasis[])[ResponseBasis.AsAssessed, ResponseBasis.Confirmed]
        select new GetIncidenceCurveRequest { Endpoint = endpoint, ResponseBasis = basis, Population = population, Grouping = grouping };
}
