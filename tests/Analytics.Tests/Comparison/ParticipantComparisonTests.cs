using Equecel.Analytics.Comparison;
using Equecel.Analytics.Dossiers;
using Equecel.Assessment.V1;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Safety.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Equecel.Analytics.Tests.Comparison;

public sealed class ParticipantComparisonTests
{
    private static readonly DateTimeOffset SaveTime = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Infusion Infused = new() { StartTime = new DateTimeOffset(2025, 3, 1, 10, 0, 0, TimeSpan.FromHours(8)).ToTimestamp() };

    [Fact]
    public void A_death_that_came_later_changes_what_it_decides_and_is_named()
    {
        var difference = Compare(Kept(Infused), Kept(FollowUp("2025-04-01")), Came(new Death { DeathDate = "2025-05-10" }));

        Assert.Equal(
            [
                "death-date:  → 2025-05-10 by death",
                "ttr: censored → precluded by death",
                "ttr/date: 2025-03-01 → 2025-05-10 by death",
                "ttr/reason: no adequate assessment → death by death",
                "ttcr: censored → precluded by death",
                "ttcr/date: 2025-03-01 → 2025-05-10 by death",
                "ttcr/reason: no adequate assessment → death by death",
                "pfs: censored → event by death",
                "pfs/date: 2025-03-01 → 2025-05-10 by death",
                "pfs/reason: no adequate assessment → death by death",
                "os: censored → event by death",
                "os/date: 2025-04-01 → 2025-05-10 by death",
                "os/reason: last known alive → death by death",
                "ttr-confirmed: censored → precluded by death",
                "ttr-confirmed/date: 2025-03-01 → 2025-05-10 by death",
                "ttr-confirmed/reason: no adequate assessment → death by death",
                "ttcr-confirmed: censored → precluded by death",
                "ttcr-confirmed/date: 2025-03-01 → 2025-05-10 by death",
                "ttcr-confirmed/reason: no adequate assessment → death by death",
                "pfs-s1: censored → event by death",
                "pfs-s1/date: 2025-03-01 → 2025-05-10 by death",
                "pfs-s1/reason: no adequate assessment → death by death",
                "pfs-s2/reason: no adequate assessment → missed assessments by death",
                "pfs-s1-s2/reason: no adequate assessment → missed assessments by death",
                "table/deaths/any:  → yes by death",
                "table/deaths/cause/unknown:  → yes by death",
                "table/deaths/when/day-100:  → yes by death",
                "table/deaths/without-progression:  → yes by death",
                "table/resource-use/day-ward/rate: 0 in 32 days → 0 in 71 days by death",
                "table/resource-use/emergency/rate: 0 in 32 days → 0 in 71 days by death",
                "table/resource-use/hospital-days/rate: 0 in 32 days → 0 in 71 days by death",
                "table/resource-use/immunoglobulin/rate: 0 in 32 days → 0 in 71 days by death",
                "table/resource-use/outpatient/rate: 0 in 32 days → 0 in 71 days by death",
                "table/resource-use/prescriptions/rate: 0 in 32 days → 0 in 71 days by death",
                "table/resource-use/stays-without-index/rate: 0 in 32 days → 0 in 71 days by death",
                "table/resource-use/stays/rate: 0 in 32 days → 0 in 71 days by death",
                "table/resource-use/telemedicine/rate: 0 in 32 days → 0 in 71 days by death",
                "table/resource-use/transfusions/rate: 0 in 32 days → 0 in 71 days by death",
                "table/second-cancers/rate: 0 in 32 days → 0 in 71 days by death",
                "table/treatment-flow/flow/infusion/eque-cel>outcome/death:  → yes by death",
                "table/treatment-flow/flow/infusion/eque-cel>outcome/not-assessed: yes →  by death",
                "table/treatment-flow/outcome/death:  → yes by death",
                "table/treatment-flow/outcome/not-assessed: yes →  by death",
            ],
            InWords(difference));
    }

    [Fact]
    public void Each_fact_names_only_the_records_that_changed_it()
    {
        var difference = Compare(
            Kept(Infused),
            Amended(Assessed("2025-04-01", Response.Partial), Assessed("2025-04-01", Response.VeryGoodPartial)),
            Amended(new Participation { Sex = Participation.Types.Sex.Female }, new Participation { Sex = Participation.Types.Sex.Male }),
            Came(new AdverseEvent { Term = "Anaemia", OnsetDate = "2025-03-20" }));

        Assert.Equal(
            [
                "best-response: PR → VGPR by disease_assessment",
                "stratum/sex: FEMALE → MALE by participation",
                "table/adverse-events-by-class/any:  → yes by adverse_event",
                "table/adverse-events-by-class/not-coded:  → yes by adverse_event",
                "table/adverse-events-by-class/not-coded/term/anaemia:  → yes by adverse_event",
                "table/adverse-events-by-term/term/anaemia:  → yes by adverse_event",
                "table/adverse-events/any:  → yes by adverse_event",
                "table/baseline/sex/female: yes →  by participation",
                "table/baseline/sex/male:  → yes by participation",
                "table/best-response/bor/pr: yes →  by disease_assessment",
                "table/best-response/bor/vgpr:  → yes by disease_assessment",
                "table/best-response/vgpr-rate:  → yes by disease_assessment",
            ],
            InWords(difference));
    }

    [Fact]
    public void A_retracted_infusion_takes_the_participant_out()
    {
        var difference = Compare(Retracted(Infused), Kept(FollowUp("2025-04-01")))!;

        Assert.Equal("population: infused → not infused by infusion", InWords(difference)[0]);
        var record = difference.Facts[0].Records.Single();
        Assert.Equal((1, 2, true), (record.VersionBefore, record.VersionAfter, record.Changes.Single().Retracted));
    }

    [Fact]
    public void When_two_records_say_the_same_anew_both_are_named()
    {
        // Either alone would have made it so, at the earlier moment; neither alone takes it back.
        var difference = Compare(Kept(Infused), Came(FollowUp("2025-04-01")), Came(FollowUp("2025-04-01")));

        Assert.Equal("last-alive-date:  → 2025-04-01 by follow_up, follow_up", InWords(difference)[0]);
    }

    [Fact]
    public void What_a_participant_adds_to_a_row_of_a_table_is_a_fact()
    {
        var difference = Compare(
            Kept(Infused), Amended(new AdverseEvent { Term = "Anaemia", OnsetDate = "2025-03-10", Grade = 2 }, new AdverseEvent { Term = "Anaemia", OnsetDate = "2025-03-10", Grade = 3 }))!;

        Assert.Contains("table/adverse-events/grade-3:  → yes by adverse_event", InWords(difference));
    }

    [Fact]
    public void What_changes_no_fact_is_no_difference()
    {
        Assert.Null(Compare(Kept(Infused), Amended(new AdverseEvent { Term = "Anaemia" }, new AdverseEvent { Term = "Anemia" })));
        Assert.Null(Compare(Kept(Infused), Kept(FollowUp("2025-04-01"))));
    }

    [Fact]
    public void After_the_cut_off_nothing_differs()
    {
        var history = new ParticipantHistory("01-0001", "01", [Kept(Infused), Kept(FollowUp("2025-05-01")), Came(new Death { DeathDate = "2025-05-10" })]);

        Assert.Null(new ParticipantComparison(new DerivedFacts(new DateOnly(2025, 4, 1))).Compare(history));
    }

    [Fact]
    public void A_contact_after_the_cut_off_differs_from_none_before_it_by_the_cut_off_alone()
    {
        var comparison = new ParticipantComparison(new DerivedFacts(new DateOnly(2025, 4, 1)));

        Assert.Null(comparison.Compare(new ParticipantHistory("01-0001", "01", [Kept(Infused), Kept(FollowUp("2025-05-01")), Came(FollowUp("2025-06-01"))])));
        Assert.Equal(
            "last-alive-date: 2025-03-20 → 2025-04-01 by follow_up",
            InWords(comparison.Compare(new ParticipantHistory("01-0001", "01", [Kept(Infused), Kept(FollowUp("2025-03-20")), Came(FollowUp("2025-06-01"))])))[0]);
    }

    private static V1.ParticipantDifference? Compare(params RecordHistory[] records) =>
        new ParticipantComparison(new DerivedFacts(cutoff: null)).Compare(new ParticipantHistory("01-0001", "01", records));

    private static List<string> InWords(V1.ParticipantDifference? difference) =>
        [.. difference!.Facts.Select(fact => $"{fact.Fact}: {fact.Before} → {fact.After} by {string.Join(", ", fact.Records.Select(record => record.Kind))}")];

    private static RecordHistory Kept(IMessage form) => History(form, form, []);

    private static RecordHistory Came(IMessage form) => History(null, form, [new V1.VersionChange { Version = 1 }]);

    private static RecordHistory Amended(IMessage before, IMessage after) => History(before, after, [new V1.VersionChange { Version = 2, Reason = "Typed wrong" }]);

    private static RecordHistory Retracted(IMessage form) => History(form, null, [new V1.VersionChange { Version = 2, Retracted = true }]);

    private static RecordHistory History(IMessage? before, IMessage? after, IReadOnlyList<V1.VersionChange> changes)
    {
        var (id, kind) = (Guid.CreateVersion7(), JsonNamingPolicy((before ?? after)!.Descriptor.Name));
        return new RecordHistory("test", kind, id, before is null ? 0 : 1, Record(before), Record(after), changes);

        DossierRecord? Record(IMessage? form) => form is null ? null : new DossierRecord("test", kind, id, 1, DataOrigin.Prospective, SaveTime, form);
    }

    private static string JsonNamingPolicy(string name) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private static FollowUp FollowUp(string lastAlive) => new() { LastKnownAliveDate = lastAlive };

    private static DiseaseAssessment Assessed(string date, Response response) => new() { ResponseDate = date, InvestigatorResponse = response };
}
