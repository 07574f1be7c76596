using Equecel.Common.V1;
using Equecel.Enrolment.BaselineProfiles;
using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Google.Protobuf;
using static Equecel.Enrolment.V1.BaselineProfile.Types;
using static Equecel.Enrolment.V1.MyelomaHistory.Types;

namespace Equecel.Enrolment.Tests.BaselineProfiles;

public sealed class ProfileDerivationTests
{
    [Fact]
    public void There_is_one_about_the_participation()
    {
        Assert.Empty(ProfileDerivation.Derive(new ParticipantFacts(), Form.Records(Form.History())));

        var derived = Assert.Single(ProfileDerivation.Derive(new ParticipantFacts(), Form.Records(Form.Infusion(), Form.Participation())));
        var profile = (BaselineProfile)derived.Form;
        Assert.Equal(("1", "1", "BASELINE/RWS-1/3"), (derived.SourceRecordId, profile.ParticipationRecordId, profile.RuleSet));
    }

    [Fact]
    public void A_participation_alone_tells_of_the_body()
    {
        // 60 kg and 162 cm: 60 / 1.62² is 22.862, the root of 162 × 60 / 3600 is 1.6432.
        var expected = new BaselineProfile { ParticipationRecordId = "0", RuleSet = "BASELINE/RWS-1/3", BmiKgPerM2 = 22.86, BodySurfaceM2 = 1.64 };

        Assert.Equal(expected, Profile(Form.Participation()));
        Assert.Equal(new BaselineProfile { ParticipationRecordId = "0", RuleSet = "BASELINE/RWS-1/3" }, Profile(new Participation()));
    }

    [Fact]
    public void Everything_together_makes_the_whole_profile()
    {
        var history = Form.History();
        history.BaselineCreatinineUmolPerL = 70.72;
        history.BaselineDate = "2024-02-20";
        history.Extramedullary = Extramedullary.Paraskeletal;
        var profile = Profile(
            Form.Participation(), history, Form.Cytogenetics(), Form.Line(1, 2020), Form.Line(2, 2021), Form.Line(3, 2022), Form.Leukapheresis(),
            Form.Bridging(), Form.Lymphodepletion(), Form.Infusion(), Form.Eligibility());

        Assert.Equal((63, SecretoryType.IntactIg), (profile.AgeAtInfusionYears, profile.SecretoryType));
        Assert.Equal((Stage.Ii, Stage.Ii, Stage.Unknown), (profile.IssAtDiagnosis, profile.RissAtDiagnosis, profile.R2IssAtDiagnosis));
        Assert.Equal((Stage.Unknown, Stage.Unknown), (profile.IssAtBaseline, profile.RissAtBaseline));
        Assert.Equal((YesNoUnknown.Yes, YesNoUnknown.No), (profile.Extramedullary, profile.Extraosseous));
        Assert.Equal((YesNoUnknown.No, YesNoUnknown.No), (profile.RenalImpairment, profile.SevereRenalImpairment));
        Assert.Equal(82.7, profile.EgfrMlPerMin);
        Assert.Equal((YesNoUnknown.Yes, YesNoUnknown.Yes, YesNoUnknown.Unknown, YesNoUnknown.Unknown), (profile.HighRiskRiss, profile.HighRiskBroad, profile.DoubleHit, profile.HighRiskCgs2025));
        Assert.Equal((3, YesNoUnknown.Yes, YesNoUnknown.Yes, YesNoUnknown.No), (profile.PriorLineCount, profile.PiExposed, profile.PiRefractory, profile.AntiCd38Exposed));
        Assert.Equal((YesNoUnknown.No, YesNoUnknown.Yes, YesNoUnknown.No), (profile.TripleClassExposed, profile.RelapsedAndRefractory, profile.PriorBcma));
        // From the last day of 2022 to 20 January 2024, and from there to 1 March.
        Assert.Equal((385, 41, 1.0), (profile.WashoutDays, profile.VeinToVeinDays, profile.DoseMillionCellsPerKg));
        Assert.Equal((YesNoUnknown.Yes, YesNoUnknown.Yes), (profile.BridgingGiven, profile.Eligible));
    }

    [Theory]
    [InlineData("2024-05-14", 63)]
    [InlineData("2024-05-15", 64)]
    [InlineData("2024-02-29", 63)]
    public void Age_counts_from_the_middle_of_the_month(string day, int expected) =>
        Assert.Equal(expected, PersonProfile.YearsOn(new DateOnly(1960, 5, 1), DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)));

    // Upper limit on the form, on the site's list; then the stage.
    [Theory]
    [InlineData("190 _", Stage.Iii)]
    [InlineData("200 _", Stage.Ii)]
    [InlineData("_ 250", Stage.Ii)]
    [InlineData("_ 199", Stage.Iii)]
    [InlineData("_ _", Stage.Unknown)]
    public void The_sites_range_counts_where_the_form_has_none(string limits, Stage expected)
    {
        var history = Form.History();
        history.DiagnosisBeta2MicroglobulinMgPerL = 6;
        history.ClearDiagnosisLdhUpperLimitUPerL();
        var facts = new ParticipantFacts();
        var parts = limits.Split(' ');
        if (parts[0] != "_")
        {
            history.DiagnosisLdhUpperLimitUPerL = int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture);
        }

        if (parts[1] != "_")
        {
            var range = Form.Range();
            range.High = int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture);
            facts.LaboratoryRanges.Add(range);
        }

        var standard = Form.Cytogenetics();
        standard.Results[0] = Form.Result(Cytogenetics.Types.Abnormality.T414, Cytogenetics.Types.Outcome.Negative);
        var profile = (BaselineProfile)Derive(facts, Form.Participation(), history, standard).Form;

        Assert.Equal(expected, profile.RissAtDiagnosis);
    }

    [Fact]
    public void A_sample_long_after_the_diagnosis_tells_of_the_baseline_alone()
    {
        var history = Form.History();
        (history.DiagnosisBeta2MicroglobulinMgPerL, history.BaselineBeta2MicroglobulinMgPerL) = (6, 6);
        var late = Form.Cytogenetics();
        late.SampleDate = "2019-08-30";
        Assert.Equal((Stage.Unknown, Stage.Iii), Stages());

        late.SampleDate = "2019-08-29";
        Assert.Equal((Stage.Iii, Stage.Iii), Stages());

        (Stage, Stage) Stages()
        {
            var profile = Profile(Form.Participation(), history, late);
            return (profile.RissAtDiagnosis, profile.RissAtBaseline);
        }
    }

    // Worked out from the published equation for a woman of 63 years: 60.029, 59.951, 30.001 and 29.979 mL/min/1.73 m².
    [Theory]
    [InlineData(92.4, 60.0, YesNoUnknown.No, YesNoUnknown.No)]
    [InlineData(92.5, 60.0, YesNoUnknown.Yes, YesNoUnknown.No)]
    [InlineData(164.7, 30.0, YesNoUnknown.Yes, YesNoUnknown.No)]
    [InlineData(164.8, 30.0, YesNoUnknown.Yes, YesNoUnknown.Yes)]
    public void The_kidneys_are_judged_before_rounding(double creatinine, double shown, YesNoUnknown impaired, YesNoUnknown severely)
    {
        var history = Form.History();
        (history.BaselineCreatinineUmolPerL, history.BaselineDate) = (creatinine, "2024-02-20");
        var profile = Profile(Form.Participation(), history);

        Assert.Equal((shown, impaired, severely), (profile.EgfrMlPerMin, profile.RenalImpairment, profile.SevereRenalImpairment));
    }

    // Beta-2 microglobulin in mg/L and creatinine in µmol/L at diagnosis.
    [Theory]
    [InlineData(5.5, 105, YesNoUnknown.Yes)]
    [InlineData(5.5, 106, YesNoUnknown.Unknown)]
    [InlineData(5.4, 105, YesNoUnknown.Unknown)]
    public void Without_a_sample_the_blood_alone_makes_the_risk_high(double b2m, double creatinine, YesNoUnknown expected)
    {
        var history = Form.History();
        (history.DiagnosisBeta2MicroglobulinMgPerL, history.DiagnosisCreatinineUmolPerL) = (b2m, creatinine);
        var profile = Profile(Form.Participation(), history);

        Assert.Equal((expected, YesNoUnknown.Unspecified), (profile.HighRiskCgs2025, profile.HighRiskRiss));
    }

    public static TheoryData<string, IMessage[]> Questions => new()
    {
        { "", [] },
        { "", [Form.Line(1), Form.Line(2, 2021)] },
        { "", [Form.Infusion()] },
        { "E09? prior_line.line_number", [Form.Infusion(), Form.Line(1), Form.Line(2, 2021)] },
        { "", [Form.Infusion(), Form.Line(1), Form.Line(2, 2021), Form.Line(3, 2022)] },
        { "E09? prior_line.line_number", [Form.Infusion(), Without(TherapyClass.Imid, 1), Without(TherapyClass.Imid, 2), Without(TherapyClass.Imid, 3)] },
        { "E09? prior_line.line_number", [Form.Infusion(), Without(TherapyClass.Pi, 1), Without(TherapyClass.Pi, 2), Without(TherapyClass.Pi, 3)] },
        { "", [Reported(Stage.Ii)] },
        { "E07? myeloma_history.reported_riss_at_diagnosis", [Reported(Stage.I)] },
        { "", [Reported(Stage.Unknown)] },
        { "E03? participation.consent_date", [Form.Leukapheresis("2024-01-09")] },
        { "", [Form.Leukapheresis("2024-01-10")] },
    };

    [Theory]
    [MemberData(nameof(Questions))]
    public void What_does_not_agree_is_asked(string expected, IMessage[] others) => Assert.Equal(
        expected, Derive(new ParticipantFacts(), [Form.Participation(), .. others]).Findings.Brief());

    private static BaselineProfile Profile(params IMessage[] forms) =>
        (BaselineProfile)Derive(new ParticipantFacts(), forms).Form;

    // As the service does: only forms whose changes are followed are seen.
    private static DerivedForm Derive(ParticipantFacts facts, params IMessage[] forms) => ProfileDerivation.Derive(
        facts, Form.Records([.. forms.Where(form => ProfileDerivation.From.Contains(KindOf(form)))])).Single();

    private static string KindOf(IMessage form) =>
        EnrolmentRecord.Descriptor.Oneofs.Single(oneof => oneof.Name == "form").Fields.Single(field => field.MessageType == form.Descriptor).Name;

    private static MyelomaHistory Reported(Stage stage)
    {
        var form = Form.History();
        form.ReportedRissAtDiagnosis = stage;
        return form;
    }

    private static PriorLine Without(TherapyClass therapyClass, int number)
    {
        var line = Form.Line(number, 2019 + number);
        line.Treatments.Remove(line.Treatments.Single(treatment => treatment.TherapyClass == therapyClass));
        return line;
    }
}
