using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Safety.V1;
using Google.Protobuf.WellKnownTypes;

namespace Equecel.Analytics.Tests.Tables;

public sealed class SafetyTableTests
{
    [Fact]
    public void A_participant_counts_once_and_events_outside_the_window_do_not()
    {
        var table = new MadeStudy()
            .Infused("01-0001", Event("2025-03-05", 2), Event("2025-03-09", 3, serious: true, causality: Causality.NotAssessable))
            .Infused("01-0002", Event("2025-02-20", 4), Event("2025-08-17", 4))
            .Infused("01-0003", Event("2025-03", 1, causality: Causality.Unlikely))
            .Table(V1.Topic.AdverseEvents);

        Assert.Equal("2/3", table.Share("any"));
        Assert.Equal(3, table.Cell("any").EventCount);
        Assert.Equal("1/3", table.Share("related"));
        Assert.Equal("1/3", table.Share("grade-3"));
        Assert.Equal("1/3", table.Share("serious-related"));
    }

    [Fact]
    public void Syndromes_are_told_by_their_worst_grade_with_onset_and_duration()
    {
        var table = new MadeStudy()
            .Infused(
                "01-0001",
                Event("2025-03-07", 1, interest: AdverseEvent.Types.SpecialInterest.Crs, end: "2025-03-11"),
                Event("2025-03-20", 3, interest: AdverseEvent.Types.SpecialInterest.Crs))
            .Table(V1.Topic.AdverseEvents);

        Assert.Equal("1/1 0/1 1/1", $"{table.Share("crs")} {table.Share("crs/grade-1")} {table.Share("crs/grade-3")}");
        Assert.Equal((6, 5), (table.Cell("crs/onset").Summary.Median, table.Cell("crs/duration").Summary.Median));
    }

    [Fact]
    public void Terms_come_most_frequent_first_at_the_worst_grade()
    {
        var table = new MadeStudy()
            .Infused("01-0001", Event("2025-03-05", 2, "Anaemia"), Event("2025-03-06", 4, "Neutropenia"), Event("2025-03-12", 2, "neutropenia "))
            .Infused("01-0002", Event("2025-03-05", 3, "Neutropenia"))
            .Table(V1.Topic.AdverseEventsByTerm);

        Assert.Equal(["term/neutropenia", "term/anaemia"], table.Rows.Where(row => row.Level == 0).Select(row => row.Key));
        Assert.Equal("2/2 1/2 1/2 0/2", string.Join(' ', ((string[])["", "/grade-4", "/grade-3", "/grade-2"]).Select(rest => table.Share($"term/neutropenia{rest}"))));
    }

    [Fact]
    public void Deaths_are_told_by_time_cause_and_relation()
    {
        var table = new MadeStudy()
            .Infused("01-0001", new Death { DeathDate = "2025-03-31", PrimaryCause = Death.Types.Cause.Infection, Causality = Causality.Possible })
            .Infused("01-0002", new Death { DeathDate = "2025-04-01", PrimaryCause = Death.Types.Cause.ProgressiveDisease, Causality = Causality.Unrelated })
            .Infused("01-0003")
            .Table(V1.Topic.Deaths);

        Assert.Equal("2/3 1/3", $"{table.Share("any")} {table.Share("related")}");
        Assert.Equal("1/3 1/3 0/3", $"{table.Share("when/day-30")} {table.Share("when/day-100")} {table.Share("when/later")}");
        Assert.Equal("1/3 1/3", $"{table.Share("cause/infection")} {table.Share("cause/progressive-disease")}");
    }

    [Fact]
    public void Stays_that_touch_are_one_for_days_and_two_for_their_number()
    {
        var table = new MadeStudy()
            .Infused(
                "01-0001",
                new HospitalStay { Kind = HospitalStay.Types.Kind.Index, AdmissionDate = "2025-02-20", DischargeDate = "2025-03-11", Reason = HospitalStay.Types.Reason.PlannedCart, Outcome = HospitalStay.Types.Outcome.Improved },
                new HospitalStay { Kind = HospitalStay.Types.Kind.Readmission, AdmissionDate = "2025-03-11", DischargeDate = "2025-03-16", Reason = HospitalStay.Types.Reason.Infection, Outcome = HospitalStay.Types.Outcome.Recovered },
                new HospitalStay { Kind = HospitalStay.Types.Kind.Leukapheresis, AdmissionDate = "2025-01-10", DischargeDate = "2025-01-12" })
            .Table(V1.Topic.Hospitalisation);

        Assert.Equal(2, table.Cell("stays").EventCount);
        Assert.Equal(19, table.Cell("index-days").Summary.Median);
        // From the infusion on 1 March to discharge on the 16th.
        Assert.Equal(15, table.Cell("days-after").Summary.Median);
        Assert.Equal(1, table.Cell("reason/infection").EventCount);
    }

    [Fact]
    public void Intensive_care_counts_from_the_infusion_on()
    {
        HospitalStay.Types.IcuPeriod Period(string begin, string end) => new() { InTime = Morning(begin), OutTime = Morning(end) };
        HospitalStay Stay(params HospitalStay.Types.IcuPeriod[] periods) =>
            new() { Kind = HospitalStay.Types.Kind.Index, AdmissionDate = "2025-02-15", DischargeDate = "2025-03-20", IcuPeriods = { periods } };
        var table = new MadeStudy()
            .Infused("01-0001", Stay(Period("2025-02-18", "2025-02-22")))
            .Infused("01-0002", Stay(Period("2025-02-18", "2025-02-22"), Period("2025-02-27", "2025-03-04")))
            .Table(V1.Topic.Hospitalisation);

        Assert.Equal(("1/2", 1), (table.Share("icu"), table.Cell("icu").EventCount));
        Assert.Equal(3, table.Cell("icu-days").Summary.Median);
    }

    [Fact]
    public void A_stay_that_ended_nobody_knows_when_has_no_days_and_does_not_go_on()
    {
        static HospitalStay Stay(HospitalStay.Types.Kind kind, string admission) =>
            new() { Kind = kind, AdmissionDate = admission, Outcome = HospitalStay.Types.Outcome.Recovered };
        var study = new MadeStudy()
            .Infused("01-0001", new FollowUp { LastKnownAliveDate = "2026-03-01" }, Stay(HospitalStay.Types.Kind.Leukapheresis, "2025-01-10"))
            .Infused("01-0002", new FollowUp { LastKnownAliveDate = "2026-03-01" }, Stay(HospitalStay.Types.Kind.Index, "2025-02-20"))
            .Infused("01-0003", new FollowUp { LastKnownAliveDate = "2026-03-01" }, Stay(HospitalStay.Types.Kind.Readmission, "2025-05-01"));
        var (stays, use) = (study.Table(V1.Topic.Hospitalisation), study.Table(V1.Topic.ResourceUse));

        Assert.Equal("2/3 1/3", $"{stays.Share("any")} {stays.Share("readmission")}");
        Assert.Equal((2, 0), (stays.Cell("outcome/recovered").EventCount, stays.Cell("outcome/ongoing").EventCount));
        // Of the first, whose stay was over long before the infusion, it is known that there were none.
        Assert.Equal((0, 1, 0), (stays.Cell("index-days").Summary.Count, stays.Cell("days-after").Summary.Count, stays.Cell("days-after").Summary.Median));
        Assert.Equal((169.0, 0), (use.Cell("hospital-days/rate").ExposureDays, use.Cell("hospital-days/rate").EventCount));
    }

    [Fact]
    public void The_use_of_care_is_a_rate_over_the_time_under_observation()
    {
        // Observed from 1 March to 30 March, the day of the last contact: 30 days.
        var table = new MadeStudy()
            .Infused(
                "01-0001",
                new FollowUp { LastKnownAliveDate = "2025-03-30" },
                new HealthcareEncounter { Date = "2025-03-10", Kind = HealthcareEncounter.Types.Kind.Emergency },
                new HealthcareEncounter { Date = "2025-02-10", Kind = HealthcareEncounter.Types.Kind.Emergency },
                new Prescription { StartDate = "2025-03-15", Drug = "aciclovir" },
                new Prescription { StartDate = "2025-03-15", Drug = "allopurinol", NewlyStarted = YesNoUnknown.No })
            .Table(V1.Topic.ResourceUse);

        var rate = table.Cell("emergency/rate");
        Assert.Equal((1, 30.0), (rate.EventCount, rate.ExposureDays));
        Assert.Equal(100 * 30.4375 / 30, rate.Estimate, precision: 9);
        Assert.Equal(1, table.Cell("prescriptions/rate").EventCount);
        Assert.Equal(0, table.Cell("outpatient/per-participant").Summary.Median);
    }

    [Fact]
    public void Second_cancers_are_counted_without_end_with_their_samples()
    {
        var table = new MadeStudy()
            .Infused(
                "01-0001",
                new FollowUp { LastKnownAliveDate = "2026-06-01" },
                new SecondaryMalignancy
                {
                    DiagnosisDate = "2025-12-26",
                    Category = SecondaryMalignancy.Types.Category.TCell,
                    SampleTaken = true,
                    Samples =
                    {
                        new SecondaryMalignancy.Types.Sample
                        {
                            Tests = { new SecondaryMalignancy.Types.SampleTest { Kind = SecondaryMalignancy.Types.TestKind.CarTransgene, Result = SecondaryMalignancy.Types.TestResult.Negative } },
                        },
                    },
                })
            .Infused("01-0002")
            .Table(V1.Topic.SecondCancers);

        Assert.Equal("1/2 1/2 1/2", $"{table.Share("any")} {table.Share("category/t-cell")} {table.Share("sample/transgene-negative")}");
        Assert.Equal(300, table.Cell("latency").Summary.Median);
        // To the diagnosis on day 301, and one day of the participant who was not seen again.
        Assert.Equal(302, table.Cell("rate").ExposureDays);
    }

    [Fact]
    public void A_second_cancer_after_the_last_visit_is_in_the_rate_as_well()
    {
        var table = new MadeStudy()
            .Infused("01-0001", new FollowUp { LastKnownAliveDate = "2025-04-01" }, new SecondaryMalignancy { DiagnosisDate = "2025-12-26" })
            .Table(V1.Topic.SecondCancers);

        Assert.Equal("1/1", table.Share("any"));
        Assert.Equal((1, 301.0), (table.Cell("rate").EventCount, table.Cell("rate").ExposureDays));
    }

    private static Timestamp Morning(string day) =>
        DateTimeOffset.Parse($"{day}T09:00+08:00", System.Globalization.CultureInfo.InvariantCulture).ToTimestamp();

    private static AdverseEvent Event(
        string onset, int grade, string term = "Fever", bool serious = false, Causality causality = Causality.Unspecified,
        AdverseEvent.Types.SpecialInterest interest = AdverseEvent.Types.SpecialInterest.Unspecified, string end = "")
    {
        var form = new AdverseEvent { Term = term, OnsetDate = onset, Grade = grade, Serious = serious, SpecialInterest = interest };
        if (causality != Causality.Unspecified)
        {
            form.Causes.Add(new AdverseEvent.Types.CauseAssessment { Cause = AdverseEvent.Types.Cause.EqueCel, Causality = causality });
        }

        if (end.Length > 0)
        {
            form.EndDate = end;
        }

        return form;
    }
}
