using Equecel.Analytics.Tests.Tables;
using Equecel.Common.V1;
using Equecel.Safety.V1;
using Reason = Equecel.Assessment.V1.DiseaseAssessment.Types.ProgressionReason;
using Response = Equecel.Assessment.V1.Response;

namespace Equecel.Analytics.Tests.Datasets;

public sealed class SupplementTests
{
    [Theory]
    [InlineData("01-0001", V1.Dataset.Suppdm, "DM - - DATAORIG PROSPECTIVE")]
    [InlineData("02-0001", V1.Dataset.Suppdm, "DM - - DATAORIG RETROSPECTIVE")]
    [InlineData("01-0001", V1.Dataset.Supprs, "RS RSSEQ 1 PROVEN PROSPECTIVE, RS RSSEQ 2 PDIFL Y, RS RSSEQ 2 PROVEN PROSPECTIVE")]
    [InlineData(
        "01-0001", V1.Dataset.Suppho,
        "HO HOSEQ 1 HOREAS PLANNED CART, HO HOSEQ 1 PROVEN PROSPECTIVE, HO HOSEQ 2 HOREAS PLANNED CART, HO HOSEQ 2 PROVEN PROSPECTIVE, HO HOSEQ 3 HOREAS SCHEDULED, HO HOSEQ 3 PROVEN PROSPECTIVE")]
    public void What_has_no_variable_is_told_beside_its_row(string participant, V1.Dataset dataset, string expected) =>
        Assert.Equal(expected.Split(", "), Of(RichStudy.Make(), participant, dataset, "RDOMAIN", "IDVAR", "IDVARVAL", "QNAM", "QVAL"));

    [Fact]
    public void Events_tell_the_scale_of_their_grade()
    {
        var (crs, fever, unknown) = (RichStudy.Event("CRS", "2025-03-02", "2025-03-04", 2, ""), RichStudy.Event("Fever", "2025-03-02", "2025-03-04", 2, ""), RichStudy.Event("Rash", "2025-03-02", "2025-03-04", 1, ""));
        crs.SpecialInterest = AdverseEvent.Types.SpecialInterest.Crs;
        fever.CtcaeVersion = AdverseEvent.Types.CtcaeVersion._60;
        unknown.ClearGrade();

        Assert.Equal(
            ["1 AEGRSCL ASTCT 2019", "1 PROVEN PROSPECTIVE", "2 AEGRSCL CTCAE V6.0", "2 PROVEN PROSPECTIVE", "3 PROVEN PROSPECTIVE"],
            Of(new MadeStudy().Infused("01-0001", crs, fever, unknown), "01-0001", V1.Dataset.Suppae, "IDVARVAL", "QNAM", "QVAL"));
    }

    [Theory]
    [InlineData("Serum Clinical", "PDOFL Y, PROVEN PROSPECTIVE")]
    [InlineData("NewLesion LesionGrowth Marrow", "PDIFL Y, PDOFL Y, PROVEN PROSPECTIVE")]
    [InlineData("Death", "DTHPDFL Y, PROVEN PROSPECTIVE")]
    [InlineData("", "PROVEN PROSPECTIVE")]
    public void A_progression_tells_on_what_it_rests(string reasons, string expected)
    {
        var assessed = RichStudy.Assessed("2025-05-30", Response.ProgressiveDisease, Visit.Week12);
        assessed.ProgressionReasons.AddRange(reasons.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(reason => Enum.Parse<Reason>(reason)));

        Assert.Equal(expected.Split(", "), Of(new MadeStudy().Infused("01-0001", assessed), "01-0001", V1.Dataset.Supprs, "QNAM", "QVAL"));
    }

    [Fact]
    public void Every_overall_response_tells_when_new_therapy_began() => Assert.Equal(
        ["1 2025-05-10 Derived", "2 2025-05-10 Derived", "3 2025-05-10 Derived"],
        RichStudy.Make().Rows(V1.Dataset.Supprs).Where(row => row.Of("QNAM") == "NACTDT").Select(row => row.Of("IDVARVAL", "QVAL", "QORIG")));

    [Fact]
    public void A_long_reason_goes_on_in_further_rows()
    {
        var stay = new HospitalStay { Reason = HospitalStay.Types.Reason.Infection, ReasonText = new string('a', 200) + new string('b', 200) + "c", AdmissionDate = "2025-04-01", Ongoing = true };

        Assert.Equal(
            [$"HOINDC {new string('a', 200)}", $"HOINDC1 {new string('b', 200)}", "HOINDC2 c", "PROVEN PROSPECTIVE"],
            Of(new MadeStudy().Infused("01-0001", stay), "01-0001", V1.Dataset.Suppho, "QNAM", "QVAL"));
    }

    [Fact]
    public void A_qualifier_of_an_event_that_AE_has_not_is_told() => Assert.Equal(
        ["SUPPAE, IDVARVAL names an event that AE has not, for EQUECEL-RWS-01-0001"],
        new MadeExport(RichStudy.Make()).Set("SUPPAE", "01-0001", "AEGRSCL", "IDVARVAL", "9").Faults());

    private static IReadOnlyList<string> Of(MadeStudy study, string participant, V1.Dataset dataset, params string[] names) =>
        [.. study.Rows(dataset).Where(row => row.Of("USUBJID").EndsWith(participant, StringComparison.Ordinal)).Select(row => row.Of(names))];
}
