using Equecel.Records.V1;
using Equecel.Safety.V1;
using Grpc.Net.Client;

namespace Equecel.Safety.Tests.Directory;

/// <summary>What was computed by what Enrolment knew is computed anew when Enrolment knows something else.</summary>
public sealed class EnrolmentChangesTests(TestPostgres postgres) : IClassFixture<TestPostgres>, IAsyncLifetime
{
    private const string Participant = "01-0001";

    private EnrolmentPeer Enrolment { get; } = new();
    private string database = null!;
    private ServiceProcess process = null!;
    private GrpcChannel channel = null!;

    private SafetyService.SafetyServiceClient Site01 => SafetyHost.On(channel, Enrolment.Issuer.Token(claims => claims["scope"] = "equecel.capture"));

    private SafetyService.SafetyServiceClient Operator => SafetyHost.On(channel, Enrolment.Issuer.Token(claims =>
    {
        claims["scope"] = "equecel.operate";
        claims.Remove("site");
    }));

    public async Task InitializeAsync()
    {
        database = await postgres.CreateDatabaseAsync();
        await Enrolment.StartAsync();
        Enrolment.Enrolled[Participant] = Form.Facts();
        await StartAsync();
        await Site01.SubmitRecordAsync(Form.SubmitForm(Participant, Form.ToxicityDay()));
        await GradeAsync(studyDay: 9);
    }

    public async Task DisposeAsync()
    {
        await StopAsync();
        await Enrolment.DisposeAsync();
    }

    [Fact]
    public async Task A_new_date_of_the_infusion_computes_what_counts_days_from_it_and_says_why()
    {
        Infuse("2024-03-04");
        Enrolment.Tell(Participant, "infusion");

        var grade = await GradeAsync(studyDay: 6);
        Assert.Equal(2, grade.Header.Version);
        Assert.Equal($"Computed anew: infusion {Enrolment.Changes.Single().Record.Header.RecordId} version 2 was saved.", grade.Header.Reason);
    }

    [Fact]
    public async Task What_an_instance_of_Enrolment_did_not_know_yet_is_computed_later()
    {
        var asked = Enrolment.Asked.Count;
        Enrolment.Tell(Participant, "infusion");
        await Eventually.TrueAsync(() => Enrolment.Asked.Count > asked);
        Infuse("2024-03-04");

        await GradeAsync(studyDay: 6);
    }

    [Fact]
    public async Task What_changed_while_the_service_was_down_is_computed_when_it_is_there_again()
    {
        await StopAsync();
        Infuse("2024-03-05");
        Enrolment.Tell(Participant, "infusion");
        await StartAsync();

        await GradeAsync(studyDay: 5);
    }

    [Fact]
    public async Task What_changed_while_nobody_could_be_asked_is_computed_when_Enrolment_is_there_again()
    {
        await Enrolment.StopAsync();
        var before = DateTimeOffset.UtcNow;
        Infuse("2024-03-05");
        Enrolment.Tell(Participant, "lymphodepletion");
        var failure = (await FailuresAsync(failures => failures.Count > 0)).Single();
        Assert.Equal(("enrolment_feed", "Unavailable"), (failure.Follower, failure.LastFailure));
        Assert.InRange(failure.FailingSince.ToDateTimeOffset(), before.AddSeconds(-1), DateTimeOffset.UtcNow);
        await Enrolment.StartAsync();

        await GradeAsync(studyDay: 5);
        await FailuresAsync(failures => failures.Count == 0);
    }

    private void Infuse(string date)
    {
        var facts = Form.Facts();
        facts.InfusionDate = date;
        Enrolment.Enrolled[Participant] = facts;
    }

    private Task<IReadOnlyList<FollowerFailure>> FailuresAsync(Func<IReadOnlyList<FollowerFailure>, bool> areThey) => Eventually.GetAsync(
        async () => (IReadOnlyList<FollowerFailure>)(await Operator.GetJournalStatusAsync(new GetJournalStatusRequest())).FollowerFailures, areThey);

    private Task<SafetyRecord> GradeAsync(int studyDay) => Eventually.GetAsync(
        async () => (await Site01.ListRecordsAsync(new ListRecordsRequest { Participant = Participant, Kinds = { "toxicity_grade" } })).Records.SingleOrDefault()!,
        grade => grade?.ToxicityGrade.StudyDay == studyDay);

    private async Task StartAsync() => (process, channel) = await SafetyHost.StartAsync(database, cache: null, Enrolment);

    private async Task StopAsync()
    {
        channel.Dispose();
        await process.DisposeAsync();
        Assert.DoesNotContain("Defect", process.Log, StringComparison.Ordinal);
    }
}
