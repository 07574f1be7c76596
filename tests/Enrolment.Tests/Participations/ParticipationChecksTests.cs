using Equecel.Common.V1;
using Equecel.Enrolment.Participations;
using Equecel.Enrolment.V1;
using static Equecel.Enrolment.V1.Participation.Types;

namespace Equecel.Enrolment.Tests.Participations;

public sealed class ParticipationChecksTests
{
    public static TheoryData<string, Action<Participation>> Prospective => new()
    {
        { "", _ => { } },
        { "F01! consent_type", form => form.ConsentType = ConsentType.Unspecified },
        { "E02! consent_type, F01! waiver_reference", form => form.ConsentType = ConsentType.WaivedByEc },
        { "F01! consent_version", form => form.ClearConsentVersion() },
        { "F01! consent_date", form => form.ClearConsentDate() },
        { "F05! consent_version", form => form.ConsentVersion = new string('x', 51) },
        { "F03! consent_date", form => form.ConsentDate = "2024-1-10" },
        { "E03! enrolment_date", form => form.ConsentDate = "2024-01-12" },
        { "", form => form.ConsentDate = "2024-01-11" },
        { "E01! consent_date, E03! enrolment_date", form => form.ConsentDate = "2024-07-02" },
        { "E01! enrolment_date", form => form.EnrolmentDate = "2024-07-02" },
        { "F01! enrolment_date", form => form.EnrolmentDate = "" },
        { "F01! withdrawal_scope", form => form.ConsentWithdrawalDate = "2024-05-01" },
        { "F01! withdrawal_scope", form => form.WithdrawalScope = WithdrawalScope.AlsoSamples },
        { "", form => (form.ConsentWithdrawalDate, form.WithdrawalScope) = ("2024-05-01", WithdrawalScope.AlsoSamples) },
        { "E10! consent_withdrawal_date", form => (form.ConsentWithdrawalDate, form.WithdrawalScope) = ("2024-01-09", WithdrawalScope.AlsoQolOnly) },
        { "F01! birth_year_month", form => form.ClearBirthYearMonth() },
        { "F03! birth_year_month", form => form.BirthYearMonth = "1960-05-17" },
        { "E01! birth_year_month, E10! birth_year_month", form => form.BirthYearMonth = "2024-08" },
        { "F01! sex", form => form.Sex = Sex.Unspecified },
        { "F01! height_cm", form => form.ClearHeightCm() },
        { "F02! height_cm", form => form.HeightCm = 99.9 },
        { "E05? height_cm", form => form.HeightCm = 100 },
        { "E05? height_cm", form => form.HeightCm = 139.9 },
        { "", form => form.HeightCm = 140 },
        { "", form => form.HeightCm = 195 },
        { "E05? height_cm", form => form.HeightCm = 220 },
        { "F02! height_cm", form => form.HeightCm = 1.62 },
        { "F02! height_cm", form => form.HeightCm = 1e300 },
        { "F02! body_mass_kg", form => form.BodyMassKg = 24.9 },
        { "E05? body_mass_kg", form => form.BodyMassKg = 120.1 },
        { "F02! body_mass_kg", form => form.BodyMassKg = 200.1 },
        { "F01! ecog", form => form.ClearEcog() },
        { "", form => form.Ecog = 0 },
        { "F02! ecog", form => form.Ecog = 5 },
        { "F02! ecog", form => form.Ecog = -1 },
        { "F02! hbv_dna_iu_per_ml", form => form.HbvDnaIuPerMl = -1 },
        { "F08! comorbidities", form => form.Comorbidities.Add(Enumerable.Repeat(new Comorbidity { Term = "Gout", Ongoing = YesNoUnknown.No }, 101)) },
        { "F01! comorbidities[0].term, F01! comorbidities[0].ongoing", form => form.Comorbidities.Add(new Comorbidity()) },
        { "F03! comorbidities[0].start_date", form => form.Comorbidities.Add(new Comorbidity { Term = "Gout", Ongoing = YesNoUnknown.No, StartDate = "2020-13" }) },
        { "E01! comorbidities[0].start_date", form => form.Comorbidities.Add(new Comorbidity { Term = "Gout", Ongoing = YesNoUnknown.No, StartDate = "2024-08" }) },
        { "", form => form.Comorbidities.Add(new Comorbidity { Term = "Gout", Ongoing = YesNoUnknown.No, StartDate = "2024" }) },
        { "", form => form.Comorbidities.Add(new Comorbidity { Term = "Gout", Ongoing = YesNoUnknown.Unknown, StartDate = "2020", MeddraCode = "10018627" }) },
        { "F03! comorbidities[0].meddra_code", form => form.Comorbidities.Add(new Comorbidity { Term = "Gout", Ongoing = YesNoUnknown.Yes, MeddraCode = "1001862" }) },
        { "F03! comorbidities[0].meddra_code", form => form.Comorbidities.Add(new Comorbidity { Term = "Gout", Ongoing = YesNoUnknown.Yes, MeddraCode = "00018627" }) },
    };

    [Theory]
    [MemberData(nameof(Prospective))]
    public void Each_rule_finds_its_field(string expected, Action<Participation> change)
    {
        var form = Form.Participation();
        change(form);

        Assert.Equal(expected, ParticipationChecks.Run(form, Form.Context()).Brief());
    }

    [Fact]
    public void Consent_may_be_waived_for_retrospective_data_with_a_reference()
    {
        var form = Form.Participation();
        form.ConsentType = ConsentType.WaivedByEc;
        form.ClearConsentDate();
        form.ClearConsentVersion();
        form.WaiverReference = "EC-2023-77";

        Assert.Equal("", ParticipationChecks.Run(form, Form.Context(DataOrigin.Retrospective)).Brief());
    }

    [Fact]
    public void Retrospective_enrolment_may_be_dated_before_consent()
    {
        var form = Form.Participation();
        form.ConsentDate = "2024-05-01";

        Assert.Equal("", ParticipationChecks.Run(form, Form.Context(DataOrigin.Retrospective)).Brief());
    }

    [Theory]
    [InlineData(DataOrigin.Retrospective, MissingReason.NotAvailable, "")]
    [InlineData(DataOrigin.Retrospective, MissingReason.Unknown, "F01! height_cm")]
    [InlineData(DataOrigin.Prospective, MissingReason.NotAvailable, "F01! height_cm")]
    public void A_required_field_may_be_missing_from_an_archive_with_its_reason(DataOrigin origin, MissingReason reason, string expected)
    {
        var form = Form.Participation();
        form.ClearHeightCm();

        Assert.Equal(expected, ParticipationChecks.Run(form, Form.Context(origin, missing: ("height_cm", reason))).Brief());
    }

    [Theory]
    [InlineData("2006-03", "")]
    [InlineData("2006-04", "E04! birth_year_month")]
    [InlineData("1938-02", "E05? birth_year_month")]
    public void Age_counts_at_infusion(string birth, string expected)
    {
        var form = Form.Participation();
        form.BirthYearMonth = birth;

        Assert.Equal(expected, ParticipationChecks.Run(form, Form.Context(facts: new ParticipantFacts { InfusionDate = "2024-03-01" })).Brief());
    }

    [Fact]
    public void Every_finding_speaks_English_and_Chinese() =>
        Assert.All(ParticipationChecks.Run(new Participation { ConsentType = ConsentType.WaivedByEc, BirthYearMonth = "x", ConsentWithdrawalDate = "x" }, Form.Context()).OfType<Records.V1.Finding>(), finding =>
        {
            Assert.NotEmpty(finding.Message);
            Assert.Contains(finding.MessageZh, character => character >= '\u4e00');
        });
}
