using System.Globalization;
using Equecel.Analytics.Cohort;
using Equecel.Analytics.Datasets;
using Equecel.Analytics.Derivation;
using Equecel.Analytics.Dossiers;
using Equecel.Analytics.Endpoints;
using Equecel.Analytics.Tables;
using Equecel.Analytics.Tests.Tables;
using Equecel.Assessment.V1;
using Equecel.Enrolment.V1;
using Equecel.Questionnaire.V1;
using Equecel.Records.V1;
using Equecel.Safety.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Outcome = Equecel.Safety.V1.HospitalStay.Types.Outcome;
using ParticipantFacts = Equecel.Analytics.Cohort.ParticipantFacts;
using Stay = Equecel.Safety.V1.HospitalStay;

namespace Equecel.Analytics.Tests.Cohort;

/// <summary>What proves life: survival methods, section 12.6.</summary>
public sealed class ContactTests
{
    public static TheoryData<string, IMessage> Forms => new()
    {
        { "2025-05-01", new FollowUp { LastKnownAliveDate = "2025-05-01", StatusDate = "2025-06-01", LastContactDate = "2025-06-01" } },
        { "2025-05-01", new DiseaseAssessment { ResponseDate = "2025-05-01", SerumDate = "2025-04-28" } },
        { "2025-05-02", new DiseaseAssessment { ResponseDate = "2025-05-01", SerumDate = "2025-05-02" } },
        { "2025-05-03", new DiseaseAssessment { ResponseDate = "2025-05-01", UrineDate = "2025-05-03", SerumDate = "2025-05-02" } },
        { "2025-05-04", new DiseaseAssessment { ResponseDate = "2025-05-01", LightChainDate = "2025-05-04" } },
        { "2025-05-05", new DiseaseAssessment { ResponseDate = "2025-05-01", MarrowDate = "2025-05-05" } },
        { "2025-05-06", new DiseaseAssessment { ResponseDate = "2025-05-01", ImagingDate = "2025-05-06" } },
        { "2025-05-07", new DiseaseAssessment { ResponseDate = "2025-05-01", BloodDate = "2025-05-07" } },
        { "2025-05-01", new AdverseEvent { OnsetDate = "2025-05-01", Ongoing = true } },
        { "2025-05-09", new AdverseEvent { OnsetDate = "2025-05-01", EndDate = "2025-05-09", Outcome = EventOutcome.Recovered } },
        { "2025-05-09", new AdverseEvent { OnsetDate = "2025-05", EndDate = "2025-05-09", Outcome = EventOutcome.RecoveredWithSequelae } },
        { "2025-05-01", new AdverseEvent { OnsetDate = "2025-05-01", EndDate = "2025-06" } },
        { "2025-05-01", new AdverseEvent { OnsetDate = "2025-05-01", EndDate = "2025-05-09", Outcome = EventOutcome.Fatal } },
        { "2025-05-01", new AdverseEvent { OnsetDate = "2025-05-01", EndDate = "2025-05-09", Grade = 5 } },
        { "-", new AdverseEvent { OnsetDate = "2025" } },
        { "2025-05-01", new Stay { AdmissionDate = "2025-05-01", Ongoing = true } },
        { "2025-05-20", new Stay { AdmissionDate = "2025-05-01", DischargeDate = "2025-05-20", Outcome = Outcome.Improved } },
        { "2025-05-01", new Stay { AdmissionDate = "2025-05-01", DischargeDate = "2025-05-20", Outcome = Outcome.Died } },
        { "2025-05-01", new SecondaryMalignancy { DiagnosisDate = "2025-05-01" } },
        { "-", new SecondaryMalignancy { DiagnosisDate = "2025-05" } },
        { "2025-05-11", new SecondaryMalignancy { DiagnosisDate = "2025-05-01", Samples = { Sample("2025-05-11"), Sample("2025-04-11") } } },
        { "2025-05-01", new ToxicityDay { Date = "2025-05-01" } },
        { "2025-05-01", new HealthcareEncounter { Date = "2025-05-01" } },
        { "2025-05-01", new Prescription { StartDate = "2025-05-01", EndDate = "2025-06-01" } },
        { "2025-05-01", new Transfusion { Date = "2025-05-01" } },
        { "2025-05-01", new ImmunoglobulinInfusion { Date = "2025-05-01" } },
        { "2025-05-01", new SubsequentTherapy { StartDate = "2025-05-01" } },
        { "2025-05-01", new QuestionnaireScores { CompletionDate = "2025-05-01" } },
        { "-", new QlqC30 { CompletionDate = "2025-05-01" } },
        { "-", new Death { DeathDate = "2025-05-01" } },
        { "-", Infused("2025-05-01") },
    };

    // Infused on 1 March 2025, which is day 1.
    public static TheoryData<string, string, IMessage[]> Courses => new()
    {
        { "censored 1", "2025-03-01", [] },
        { "censored 93", "2025-06-01", [Infused("2025-06-01")] },
        { "censored 41", "2025-04-10", [new Stay { AdmissionDate = "2025-02-20", DischargeDate = "2025-04-10", Outcome = Outcome.Improved }] },
        { "censored 32", "2025-04-01", [new Stay { AdmissionDate = "2025-04-01", DischargeDate = "2025-04-10", Outcome = Outcome.Died }] },
        { "censored 33", "2025-04-02", [new DiseaseAssessment { ResponseDate = "2025-03-28", MarrowDate = "2025-04-02" }] },
        { "censored 326", "2026-01-20", [new SecondaryMalignancy { DiagnosisDate = "2026-01-10", Samples = { Sample("2026-01-20") } }] },
        { "censored 12", "2025-03-12", [new AdverseEvent { OnsetDate = "2025-03-05", EndDate = "2025-03-12" }] },
        { "censored 5", "2025-03-05", [new AdverseEvent { OnsetDate = "2025-03-05", EndDate = "2025-03-12", Outcome = EventOutcome.Fatal }] },
        { "died 52", "2025-04-20", [new Death { DeathDate = "2025-04" }, new Stay { AdmissionDate = "2025-04-01", DischargeDate = "2025-04-20", Outcome = Outcome.Unchanged }] },
        { "died 41", "2025-04-10", [new Death { DeathDate = "2025-04-10" }, new AdverseEvent { OnsetDate = "2025-04-01", EndDate = "2025-04-15", Outcome = EventOutcome.NotRecovered }] },
        { "died 41", "2025-04-05", [new Death { DeathDate = "2025-04-10" }, new FollowUp { LastKnownAliveDate = "2025-04-05" }] },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void The_latest_day_of_a_form_that_proves_life(string expected, IMessage form) => Assert.Equal(expected, Text(RecordFacts.ContactOf(form)));

    [Theory]
    [InlineData("2025-05-20", "2025-05-20")]
    [InlineData("2025-05-19", "2025-05-01")]
    [InlineData("2025-04-30", "-")]
    public void Days_after_a_given_one_are_passed_over(string by, string expected) => Assert.Equal(
        expected,
        Text(RecordFacts.ContactOf(new Stay { AdmissionDate = "2025-05-01", DischargeDate = "2025-05-20" }, PartialDate.FindDay(by))));

    [Theory]
    [MemberData(nameof(Courses))]
    public void Overall_survival_is_the_same_in_memory_and_in_dossiers_and_the_datasets_tell_what_ends_it(string expected, string lastAlive, IMessage[] forms)
    {
        var dossier = new MadeStudy().Infused("01-0001", forms).Dossiers.Single();

        var facts = ParticipantFacts.Derive([.. dossier.Records.Select(FactOf)]);
        var inMemory = OverallSurvival.Derive(facts, cutoff: null).Ended;
        var inDossier = TimeToDeath.Derive(Subject.Of(dossier, cutoff: null).Course!);
        Assert.Equal(expected, $"{(inDossier.IsEvent ? "died" : "censored")} {inDossier.Days}");
        Assert.Equal(inDossier.Ended, inMemory);
        Assert.Equal(lastAlive, Text(new DatasetSubject(dossier, cutoff: null).LastAliveDate));
        Assert.Equal(lastAlive, Text(facts.LastAliveDate ?? facts.InfusionDate));
    }

    [Fact]
    public void A_contact_after_the_cutoff_proves_life_at_it()
    {
        var dossier = new MadeStudy().Infused("01-0001", Infused("2025-06-01")).Dossiers.Single();
        var cutoff = new DateOnly(2025, 3, 20);

        var inDossier = TimeToDeath.Derive(Subject.Of(dossier, cutoff).Course!);
        Assert.Equal((20, EndReason.DataCutoff), (inDossier.Days, inDossier.Reason));
        Assert.Equal(20, OverallSurvival.Derive(ParticipantFacts.Derive([.. dossier.Records.Select(FactOf)]), cutoff).Ended?.Days);
        Assert.Equal(cutoff, new DatasetSubject(dossier, cutoff).LastAliveDate);
    }

    [Fact]
    public void Enrolling_somebody_from_the_archive_proves_nothing()
    {
        var dossier = new MadeStudy().Infused("02-0001", new Participation { EnrolmentDate = "2025-12-01" }, new FollowUp { LastKnownAliveDate = "2025-04-01" }).Dossiers.Single();

        Assert.Equal("2025-04-01", Text(new DatasetSubject(dossier, cutoff: null).LastAliveDate));
    }

    private static RecordFact FactOf(DossierRecord record) => RecordFacts.Of(
        new RecordHeader
        {
            Participant = "01-0001",
            Kind = record.Form switch { Infusion => "infusion", Death => "death", _ => "a contact" },
            Origin = record.Origin,
            State = RecordState.Active,
        },
        record.Form)!.Value;

    private static Infusion Infused(string date) => new() { StartTime = DateTimeOffset.Parse($"{date}T10:00+08:00", CultureInfo.InvariantCulture).ToTimestamp() };

    private static SecondaryMalignancy.Types.Sample Sample(string date) => new() { CollectionDate = date };

    private static string Text(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "-";
}
