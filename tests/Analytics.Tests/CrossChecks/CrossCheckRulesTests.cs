using Equecel.Analytics.CrossChecks;
using Equecel.Assessment.V1;
using Equecel.Enrolment.V1;
using Equecel.Questionnaire.V1;
using Equecel.Safety.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Status = Equecel.Enrolment.V1.FollowUp.Types.Status;

namespace Equecel.Analytics.Tests.CrossChecks;

/// <summary>Each check in both directions: what it asks, and what next to it it does not ask.</summary>
public sealed class CrossCheckRulesTests
{
    [Theory]
    [InlineData("2025-06-01", "2025-06-02", "E25 DiseaseAssessment.response_date")]
    [InlineData("2025-06-01", "2025-06-01", "")]
    [InlineData("2025-06", "2025-06-30", "")]
    [InlineData("2025-06", "2025-07-01", "E25 DiseaseAssessment.response_date")]
    [InlineData("2025", "2025-12-31", "")]
    [InlineData("2025", "2026-01-01", "E25 DiseaseAssessment.response_date")]
    [InlineData("", "2026-01-01", "")]
    public void E25_an_assessment_after_the_death(string death, string assessment, string expected) =>
        Assert.Equal(expected, Person.Asked(new Death { DeathDate = death }, new DiseaseAssessment { ResponseDate = assessment }));

    [Fact]
    public void E25_every_record_of_the_other_services_that_has_a_date_after_the_death_is_asked_about_once()
    {
        IMessage[] forms =
        [
            new DiseaseAssessment { ResponseDate = "2025-06-01", SerumDate = "2025-06-03", MarrowDate = "2025-06-03" },
            new QlqC30 { CompletionDate = "2025-06-03" },
            new Eq5d5l { CompletionDate = "2025-06-03" },
            new Eq5d3l { CompletionDate = "2025-06-03" },
            new Participation { EnrolmentDate = "2025-06-03" },
            new Eligibility { EligibilityDate = "2025-06-03" },
            new MyelomaHistory { BaselineDate = "2025-06-03" },
            new Cytogenetics { SampleDate = "2025-06-03" },
            new PriorLine { StartDate = "2025-05", EndDate = "2025-07" },
            new Leukapheresis { CollectionDate = "2025-06-03" },
            new Bridging { StartDate = "2025-06-03" },
            new Lymphodepletion { Doses = { new Lymphodepletion.Types.Dose { DoseDate = "2025-06-01" }, new Lymphodepletion.Types.Dose { DoseDate = "2025-06-03" } } },
            new Infusion { StartTime = Timestamp.FromDateTime(new DateTime(2025, 6, 2, 16, 0, 0, DateTimeKind.Utc)) },
            new SubsequentTherapy { StartDate = "2025-06-03" },
        ];

        Assert.Equal(
            "E25 DiseaseAssessment.serum_date, E25 QlqC30.completion_date, E25 Eq5d5l.completion_date, E25 Eq5d3l.completion_date, E25 Participation.enrolment_date, "
            + "E25 Eligibility.eligibility_date, E25 MyelomaHistory.baseline_date, E25 Cytogenetics.sample_date, E25 PriorLine.end_date, E25 Leukapheresis.collection_date, "
            + "E25 Bridging.start_date, E25 Lymphodepletion.doses[1].dose_date, E25 Infusion.start_time, E25 SubsequentTherapy.start_date",
            Person.Asked([new Death { DeathDate = "2025-06-02" }, .. forms]));
        Assert.Equal("", Person.Asked([new Death { DeathDate = "2025-07-01" }, .. forms]));
    }

    [Theory]
    // Follow-ups: status, its date, last known alive, last contact; and what is asked when the death is of 2025-06-02.
    [InlineData("Death 2025-06-02 2025-06-02 2025-06-09", "")]
    [InlineData("Death 2025-06-02 2025-06-03 2025-06-09", "E25 FollowUp.last_known_alive_date")]
    [InlineData("Ongoing 2025-05-02 2025-05-02 2025-06-09", "E25 FollowUp.last_contact_date, E26 Death.death_date")]
    public void E25_of_a_follow_up(string followUp, string expected) =>
        Assert.Equal(expected, Person.Asked(new Death { DeathDate = "2025-06-02" }, FollowUp(followUp)));

    [Theory]
    [InlineData("", "Death 2025-06-02", "E26 FollowUp.status")]
    [InlineData("", "Ongoing 2025-05-02", "")]
    [InlineData("2025-06-02", "", "")]
    [InlineData("2025-06-02", "Death 2025-06-02", "")]
    [InlineData("2025-06-02", "Ongoing 2025-05-02", "E26 Death.death_date")]
    [InlineData("2025-06-02", "LostToFollowUp 2025-05-02", "E26 Death.death_date")]
    [InlineData("2025-06-02", "Ongoing 2025-05-02, Death 2025-06-02", "")]
    [InlineData("2025-06-02", "Death 2025-06-02, Ongoing 2025-06-02", "")]
    [InlineData("2025-06-02", "Death 2025-05-02, Ongoing 2025-05-03", "E26 Death.death_date")]
    // Who completed the study died afterwards.
    [InlineData("2025-06-02", "CompletedW24 2025-05-02", "")]
    [InlineData("2025-06-02", "CompletedW24 2025-06-03", "E26 Death.death_date")]
    public void E26_disposition_and_death(string death, string followUps, string expected) => Assert.Equal(
        expected,
        Person.Asked([.. FollowUps(followUps), .. death.Length > 0 ? [new Death { DeathDate = death }] : Array.Empty<IMessage>()]));

    [Theory]
    // Follow-ups and the contact of another service.
    [InlineData("Ongoing 2025-05-02 2025-04-01", "2025-04-02", "E28 FollowUp.last_known_alive_date")]
    [InlineData("Ongoing 2025-05-02 2025-04-01", "2025-05-02", "E28 FollowUp.last_known_alive_date")]
    [InlineData("Ongoing 2025-05-02 2025-04-01", "2025-05-03", "")]
    [InlineData("Ongoing 2025-05-02 2025-04-01", "2025-04-01", "")]
    [InlineData("LostToFollowUp 2025-05-02 2025-04-01", "2025-06-03", "E28 FollowUp.last_known_alive_date")]
    [InlineData("LostToFollowUp 2025-05-02 2025-04-01, Ongoing 2025-07-02 2025-07-02", "2025-06-03", "")]
    [InlineData("", "2025-06-03", "")]
    public void E28_alive_before_a_contact_of_another_service(string followUps, string contact, string expected)
    {
        Assert.Equal(expected, Person.Asked([.. FollowUps(followUps), new DiseaseAssessment { ResponseDate = contact }]));
        Assert.Equal(expected, Person.Asked([.. FollowUps(followUps), new HospitalStay { AdmissionDate = contact }]));
        Assert.Equal(expected, Person.Asked([.. FollowUps(followUps), new QuestionnaireScores { CompletionDate = contact }]));
    }

    [Theory]
    // Each day that proves life is asked about by itself.
    [InlineData("2025-03-20", "2025-04-15", "E28 FollowUp.last_known_alive_date")]
    [InlineData("2025-04-15", "2025-06-15", "E28 FollowUp.last_known_alive_date")]
    [InlineData("2025-03-20", "2025-06-15", "")]
    public void E28_alive_before_a_discharge(string admission, string discharge, string expected) => Assert.Equal(
        expected, Person.Asked(FollowUp("Ongoing 2025-05-02 2025-04-01"), new HospitalStay { AdmissionDate = admission, DischargeDate = discharge }));

    [Fact]
    public void E28_contacts_after_the_death_are_not_asked_about_twice_and_enrolments_own_not_at_all()
    {
        Assert.Equal("E25 DiseaseAssessment.response_date", Person.Asked(
            new Death { DeathDate = "2025-06-02" }, FollowUp("Death 2025-06-02 2025-06-02"), new DiseaseAssessment { ResponseDate = "2025-06-03" }));
        Assert.Equal("", Person.Asked(FollowUp("LostToFollowUp 2025-05-02 2025-04-01"), new SubsequentTherapy { StartDate = "2025-04-20" }));
    }

    [Theory]
    [InlineData(Death.Types.Cause.ProgressiveDisease, Response.Unspecified, Response.Unspecified, "S23 Death.primary_cause")]
    [InlineData(Death.Types.Cause.ProgressiveDisease, Response.Partial, Response.Partial, "S23 Death.primary_cause")]
    [InlineData(Death.Types.Cause.ProgressiveDisease, Response.ProgressiveDisease, Response.Unspecified, "")]
    [InlineData(Death.Types.Cause.ProgressiveDisease, Response.Partial, Response.ProgressiveDisease, "")]
    [InlineData(Death.Types.Cause.Infection, Response.Unspecified, Response.Unspecified, "")]
    public void S23_death_from_progression_without_progression(Death.Types.Cause cause, Response investigator, Response computed, string expected) => Assert.Equal(
        expected,
        Person.Asked(
            new Death { DeathDate = "2025-06-02", PrimaryCause = cause },
            new DiseaseAssessment { ResponseDate = "2025-05-02", InvestigatorResponse = investigator },
            new ComputedResponse { Response = computed }));

    [Theory]
    [InlineData(1.0, 50.0, "")]
    [InlineData(0.99, 50.0, "A23 DiseaseAssessment.neutrophils_e9_per_l: Laboratory grade 3 neutrophils; is an AE missing? 中性粒细胞达3级，是否漏报AE？")]
    [InlineData(0.5, 50.0, "A23 DiseaseAssessment.neutrophils_e9_per_l: Laboratory grade 3 neutrophils; is an AE missing? 中性粒细胞达3级，是否漏报AE？")]
    [InlineData(0.49, 50.0, "A23 DiseaseAssessment.neutrophils_e9_per_l: Laboratory grade 4 neutrophils; is an AE missing? 中性粒细胞达4级，是否漏报AE？")]
    [InlineData(0.0, 50.0, "A23 DiseaseAssessment.neutrophils_e9_per_l: Laboratory grade 4 neutrophils; is an AE missing? 中性粒细胞达4级，是否漏报AE？")]
    [InlineData(1.0, 49.9, "A23 DiseaseAssessment.platelets_e9_per_l: Laboratory grade 3 platelets; is an AE missing? 血小板达3级，是否漏报AE？")]
    [InlineData(1.0, 25.0, "A23 DiseaseAssessment.platelets_e9_per_l: Laboratory grade 3 platelets; is an AE missing? 血小板达3级，是否漏报AE？")]
    [InlineData(1.0, 24.9, "A23 DiseaseAssessment.platelets_e9_per_l: Laboratory grade 4 platelets; is an AE missing? 血小板达4级，是否漏报AE？")]
    [InlineData(null, null, "")]
    [InlineData(double.NaN, double.PositiveInfinity, "")]
    public void A23_counts_of_grade_3_and_4(double? neutrophils, double? platelets, string expected)
    {
        var form = new DiseaseAssessment { ResponseDate = "2025-05-02" };
        if (neutrophils is { } count)
        {
            form.NeutrophilsE9PerL = count;
        }

        if (platelets is { } number)
        {
            form.PlateletsE9PerL = number;
        }

        Assert.Equal(expected, string.Join(", ", CrossCheckRules.Run(Person.With(form)).Select(check =>
            $"{check.Code} {check.Record.Kind}.{check.Field}: {check.Message} {check.MessageZh}")));
    }

    [Theory]
    // Onset, end (nothing: it goes on; ?: not known) and the day of the blood sample.
    [InlineData("2025-05-01", "2025-05-03", "2025-05-02", "")]
    [InlineData("2025-05-02", "2025-05-02", "2025-05-02", "")]
    [InlineData("2025-05-03", "2025-05-04", "2025-05-02", "A23 DiseaseAssessment.neutrophils_e9_per_l, A23 DiseaseAssessment.platelets_e9_per_l")]
    [InlineData("2025-04-01", "2025-05-01", "2025-05-02", "A23 DiseaseAssessment.neutrophils_e9_per_l, A23 DiseaseAssessment.platelets_e9_per_l")]
    [InlineData("2025-04-01", "", "2025-05-02", "")]
    [InlineData("2025-04-01", "?", "2025-05-02", "")]
    [InlineData("2025-05", "2025-05", "2025-05-02", "")]
    [InlineData("2025", "?", "2025-05-02", "")]
    [InlineData("2025-05-03", "", "2025-05-02", "A23 DiseaseAssessment.neutrophils_e9_per_l, A23 DiseaseAssessment.platelets_e9_per_l")]
    public void A23_an_event_that_covers_the_day_answers_it(string onset, string end, string sampled, string expected)
    {
        var adverseEvent = new AdverseEvent { OnsetDate = onset, Ongoing = end.Length == 0 };
        if (end is not ("" or "?"))
        {
            adverseEvent.EndDate = end;
        }

        Assert.Equal(expected, Person.Asked(
            adverseEvent, new DiseaseAssessment { ResponseDate = "2025-05-09", BloodDate = sampled, NeutrophilsE9PerL = 0.4, PlateletsE9PerL = 20 }));
    }

    [Theory]
    [InlineData("2025-05-02", Participation.Types.WithdrawalScope.FurtherCollection, "", "2025-05-03", "S27 HealthcareEncounter.date")]
    [InlineData("2025-05-02", Participation.Types.WithdrawalScope.FurtherCollection, "", "2025-05-02", "")]
    [InlineData("2025-05-02", Participation.Types.WithdrawalScope.AlsoQolOnly, "", "2025-05-03", "")]
    [InlineData("", Participation.Types.WithdrawalScope.Unspecified, "Physician 2025-05-02 2025-05-02", "2025-05-03", "S27 HealthcareEncounter.date")]
    [InlineData("", Participation.Types.WithdrawalScope.Unspecified, "Physician 2025-05-02 2025-05-02", "2025-05-02", "")]
    [InlineData("", Participation.Types.WithdrawalScope.Unspecified, "CompletedW24 2025-05-02 2025-05-02", "2025-05-03", "")]
    [InlineData("", Participation.Types.WithdrawalScope.Unspecified, "Ongoing 2025-05-02 2025-05-02", "2025-05-03", "")]
    [InlineData("", Participation.Types.WithdrawalScope.Unspecified, "Other 2025-05-02 2025-05-02, Ongoing 2025-05-20 2025-05-20", "2025-05-03", "")]
    [InlineData("2025-05-02", Participation.Types.WithdrawalScope.FurtherCollection, "Physician 2025-06-02 2025-06-02", "2025-05-03", "S27 HealthcareEncounter.date")]
    public void S27_encounters_after_the_end_of_participation(
        string withdrawal, Participation.Types.WithdrawalScope scope, string followUps, string encounter, string expected)
    {
        var participation = new Participation { EnrolmentDate = "2025-01-02", WithdrawalScope = scope };
        if (withdrawal.Length > 0)
        {
            participation.ConsentWithdrawalDate = withdrawal;
        }

        Assert.Equal(expected, Person.Asked([participation, .. FollowUps(followUps), new HealthcareEncounter { Date = encounter }]));
    }

    private static IEnumerable<IMessage> FollowUps(string texts) => texts.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(FollowUp);

    private static FollowUp FollowUp(string text)
    {
        var parts = text.Split(' ');
        var form = new FollowUp { Status = System.Enum.Parse<Status>(parts[0]), StatusDate = parts[1] };
        form.LastKnownAliveDate = parts.ElementAtOrDefault(2) ?? "";
        if (parts.Length > 3)
        {
            form.LastContactDate = parts[3];
        }

        return form;
    }
}
