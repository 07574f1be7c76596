using Equecel.Analytics.Tests.Tables;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Questionnaire.V1;
using Equecel.Safety.V1;
using Instrument = Equecel.Questionnaire.V1.QuestionnaireScores.Types.Instrument;
using Scale = Equecel.Questionnaire.V1.QuestionnaireScores.Types.Scale;
using TreatmentKind = Equecel.Safety.V1.AdverseEvent.Types.TreatmentKind;

namespace Equecel.Analytics.Tests.Datasets;

public sealed class DatasetVariablesTests
{
    [Theory]
    [InlineData(V1.Dataset.Ae, "AETERM", "Rash -, Chill SCREENING, Fever FOLLOW-UP, Sepsis LONG-TERM FOLLOW-UP")]
    [InlineData(V1.Dataset.Adae, "AETERM", "Fever FOLLOW-UP, Chill SCREENING, Rash -, Sepsis LONG-TERM FOLLOW-UP")]
    [InlineData(V1.Dataset.Ex, "EXSEQ", "1 TREATMENT, 2 TREATMENT, 3 TREATMENT")]
    [InlineData(V1.Dataset.Rs, "RSSTRESC", "PR FOLLOW-UP, PD FOLLOW-UP")]
    [InlineData(V1.Dataset.Ds, "DSSEQ", "3 LONG-TERM FOLLOW-UP, 2 SCREENING, 1 SCREENING")]
    [InlineData(V1.Dataset.Ho, "HODECOD", "HOSPITAL SCREENING, INTENSIVE CARE UNIT FOLLOW-UP, OUTPATIENT CLINIC FOLLOW-UP")]
    [InlineData(V1.Dataset.Qs, "QSCAT", "EORTC QLQ-C30 V3.0 SCREENING, EQ-5D-5L FOLLOW-UP")]
    public void Records_tell_the_epoch_of_their_day(V1.Dataset dataset, string variable, string expected) =>
        Assert.Equal(expected.Split(", ").Order(), Of(RichStudy.Make(), "01-0001", dataset, variable, "EPOCH").Distinct().Order());

    [Fact]
    public void Demographics_have_the_month_of_birth_as_far_as_it_is_known()
    {
        Assert.Equal(["1960-03"], Of(RichStudy.Make(), "01-0001", V1.Dataset.Dm, "BRTHDTC"));
        Assert.Equal(["-"], Of(RichStudy.Make(), "02-0001", V1.Dataset.Dm, "BRTHDTC"));
    }

    [Theory]
    [InlineData(YesNoUnknown.Yes, "RENAL")]
    [InlineData(YesNoUnknown.No, "-")]
    [InlineData(YesNoUnknown.Unknown, "-")]
    public void A_reduced_dose_tells_why(YesNoUnknown reduced, string expected)
    {
        var study = new MadeStudy().Infused("01-0001", new Lymphodepletion
        {
            DoseReduced = reduced,
            ReductionReason = Lymphodepletion.Types.ReductionReason.Renal,
            Doses = { new Lymphodepletion.Types.Dose { Agent = Lymphodepletion.Types.Agent.Fludarabine, DoseDate = "2025-02-24", DoseMgPerM2 = 25 } },
        });

        Assert.Equal(["CAR-T INFUSION -", $"LYMPHODEPLETION {expected}"], Of(study, "01-0001", V1.Dataset.Ex, "EXCAT", "EXADJ"));
    }

    [Fact]
    public void What_was_done_about_an_event_by_the_cutoff_is_told_by_its_kinds()
    {
        var (treated, untreated) = (RichStudy.Event("Fever", "2025-03-02", "2025-03-04", 2, "Pyrexia"), RichStudy.Event("Rash", "2025-03-02", "2025-03-04", 1, "Rash"));
        treated.Treatments.Add(new AdverseEvent.Types.Treatment { Kind = TreatmentKind.Steroid, StartDate = "2025-03-03" });
        treated.Treatments.Add(new AdverseEvent.Types.Treatment { Kind = TreatmentKind.Tocilizumab, StartDate = "2025-03-02" });
        treated.Treatments.Add(new AdverseEvent.Types.Treatment { Kind = TreatmentKind.Steroid });
        treated.Treatments.Add(new AdverseEvent.Types.Treatment { Kind = TreatmentKind.TpoRa, StartDate = "2025-03-04" });
        untreated.Treatments.Add(new AdverseEvent.Types.Treatment { Kind = TreatmentKind.None });
        var study = new MadeStudy().Infused("01-0001", treated, untreated);

        Assert.Equal(["Fever TOCILIZUMAB; STEROID; TPO RA", "Rash -"], Of(study, "01-0001", V1.Dataset.Ae, "AETERM", "AEACNOTH"));
        Assert.Equal(
            ["Fever TOCILIZUMAB; STEROID", "Rash -"],
            study.Rows(V1.Dataset.Ae, new DateOnly(2025, 3, 3)).Select(row => row.Of("AETERM", "AEACNOTH")));
    }

    [Theory]
    [InlineData(Causality.Related, "TREATMENT RELATED")]
    [InlineData(Causality.Possible, "TREATMENT RELATED")]
    [InlineData(Causality.Unlikely, "NONTREATMENT RELATED")]
    [InlineData(Causality.Unrelated, "NONTREATMENT RELATED")]
    [InlineData(Causality.NotAssessable, "UNDETERMINED")]
    [InlineData(Causality.Unspecified, "-")]
    public void A_cause_of_death_tells_whether_the_product_led_to_it_and_who_says_so(Causality causality, string expected)
    {
        var death = new Death { DeathDate = "2025-08-28", PrimaryCause = Death.Types.Cause.Infection, Autopsy = YesNoUnknown.No, Causality = causality };

        Assert.Equal(
            ["AUTOPIND - -", $"PRCDTH {expected} INVESTIGATOR"],
            Of(new MadeStudy().Infused("01-0001", death), "01-0001", V1.Dataset.Dd, "DDTESTCD", "DDRESCAT", "DDEVAL"));
    }

    [Fact]
    public void A_date_that_was_completed_says_so_in_times_and_responses()
    {
        var study = RichStudy.Make();

        // The day of death is not known; the times that end with it, and the row of death, have a completed one.
        Assert.Equal(
            ["OS D", "PFS D", "PFSMISS D", "PFSNACT -", "PFSNAMIS -", "RSD D", "TTCR -", "TTCRCONF -", "TTNT -", "TTR -", "TTRCONF -"],
            Of(study, "02-0001", V1.Dataset.Adtte, "PARAMCD", "ADTF"));
        Assert.Equal(["DEATH D"], Of(study, "02-0001", V1.Dataset.Adrs, "PARAMCD", "ADTF").Where(row => row.EndsWith('D')));
        Assert.DoesNotContain(Of(study, "01-0001", V1.Dataset.Adtte, "ADTF"), flag => flag != "-");
        Assert.DoesNotContain(Of(study, "01-0001", V1.Dataset.Adrs, "ADTF"), flag => flag != "-");
    }

    [Fact]
    public void Responses_tell_their_criteria_and_the_new_therapy()
    {
        var rows = Of(RichStudy.Make(), "02-0001", V1.Dataset.Adrs, "PARAMCD", "PARCAT2", "NACTDT").Distinct().ToList();

        Assert.Contains("OVR KUMAR IMWG 2016 2025-05-10", rows);
        Assert.Contains("DEATH - 2025-05-10", rows);
    }

    [Fact]
    public void The_first_events_of_a_class_and_of_a_term_are_told_apart()
    {
        var study = new MadeStudy().Infused("01-0001", Coded("2025-03-05", "Pyrexia", "General"), Coded("2025-03-06", "Chills", "General"), Coded("2025-03-07", "Pyrexia", "General"), Coded("2025-03-07", "Anaemia", "Blood"));

        Assert.Equal(["1 Y Y", "2 - Y", "3 - -", "4 Y Y"], Of(study, "01-0001", V1.Dataset.Adae, "AESEQ", "AOCCSFL", "AOCCPFL"));
    }

    [Theory]
    [InlineData(Scale.Ql2, 50, 60, "Better by at least 10 Y Worse by at least 10 -")]
    [InlineData(Scale.Ql2, 50, 59.9, "Better by at least 10 - Worse by at least 10 -")]
    [InlineData(Scale.Pf2, 80, 70, "Better by at least 10 - Worse by at least 10 Y")]
    [InlineData(Scale.Fa, 66.66666666666667, 55.55555555555556, "Better by at least 10 Y Worse by at least 10 -")]
    [InlineData(Scale.Fi, 0, 33.333333333333336, "Better by at least 10 - Worse by at least 10 Y")]
    [InlineData(Scale.Summary, 70, 80, "Better by at least 10 Y Worse by at least 10 -")]
    public void A_change_of_a_score_is_better_or_worse_by_the_plan_s_threshold(Scale scale, double before, double then, string expected)
    {
        var study = new MadeStudy().Infused("01-0001", Scored(Visit.Baseline, "2025-02-20", before), Scored(Visit.Week4, "2025-03-29", then));

        var rows = study.Rows(V1.Dataset.Adqs).Where(row => row.Of("AVAL") != "-").Select(row => row.Of("CRIT1", "CRIT1FL", "CRIT2", "CRIT2FL"));

        Assert.Equal(["- - - -", expected], rows);

        QuestionnaireScores Scored(Visit visit, string date, double score) => new()
        {
            Instrument = Instrument.QlqC30,
            AssignedVisit = visit,
            CompletionDate = date,
            Scales = { new QuestionnaireScores.Types.ScaleScore { Scale = scale, Score = score } },
        };
    }

    [Fact]
    public void What_was_answered_and_not_computed_traces_to_its_row_of_QS()
    {
        var (form, scores) = (new Eq5d5l { CompletionDate = "2025-03-29", VasScore = 70 }, new QuestionnaireScores { Instrument = Instrument.Eq5D5L, CompletionDate = "2025-03-29", VasScore = 70 });
        var study = new MadeStudy().Infused("01-0001", form, scores);
        scores.QuestionnaireRecordId = $"{study.Dossiers[0].Records.Single(record => ReferenceEquals(record.Form, form)).RecordId}";

        // Five items, then the scale.
        Assert.Equal(["EQ5D0206 70 6", "EQ5D02IX - -"], Of(study, "01-0001", V1.Dataset.Adqs, "PARAMCD", "AVAL", "QSSEQ"));
    }

    private static AdverseEvent Coded(string date, string term, string organClass)
    {
        var made = RichStudy.Event(term, date, date, 1, term);
        made.Coding.Soc = organClass;
        return made;
    }

    private static IReadOnlyList<string> Of(MadeStudy study, string participant, V1.Dataset dataset, params string[] names) =>
        [.. study.Rows(dataset).Where(row => row.Of("USUBJID").EndsWith(participant, StringComparison.Ordinal)).Select(row => row.Of(names))];
}
