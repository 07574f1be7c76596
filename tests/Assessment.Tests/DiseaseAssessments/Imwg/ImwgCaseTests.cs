using Equecel.Assessment.DiseaseAssessments.Imwg;

namespace Equecel.Assessment.Tests.DiseaseAssessments.Imwg;

public sealed class ImwgCaseTests
{
    public static TheoryData<string> Cases => [.. ImwgCase.Ids];

    [Fact]
    public void There_are_67_cases() => Assert.Equal(67, ImwgCase.Ids.Count());

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_visit_has_the_expected_response(string id)
    {
        var visit = ImwgCase.Get(id);
        var response = VisitResponse.Compute(visit.Baseline, visit.Nadirs, visit.Values, visit.Values);
        var after = visit.Before.After(response, visit.IsAfterNewTherapy, isSameDay: false);
        var relapse = CompleteResponseRelapse.Find(visit.Before.Confirmed, response.Level, visit.Values);

        Assert.Equal(visit.Track, visit.Baseline.Track);
        Assert.Equal(visit.Level, response.Level);
        Assert.Equal(visit.Basis, response.Basis switch { ProgressionBasis.Laboratory => "LAB", ProgressionBasis.Marrow => "MARROW", ProgressionBasis.Imaging => "IMAGING", _ => "" });
        Assert.Equal(visit.Confirmed, after.Confirmed);
        Assert.Equal(visit.Relapse, relapse switch { true => "Y", false => "N", null => "NA" });
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_response_names_what_decided_it_and_what_prevented_a_better_one(string id)
    {
        var visit = ImwgCase.Get(id);
        var response = VisitResponse.Compute(visit.Baseline, visit.Nadirs, visit.Values, visit.Values);

        Assert.NotEmpty(response.Deciding);
        Assert.Equal(response.Level is ResponseLevel.StringentComplete or ResponseLevel.Progression, response.Preventing.Count == 0);
        Assert.All(response.Deciding.Concat(response.Preventing), reason => Assert.All((string[])[reason.Text, reason.TextZh], Assert.NotEmpty));
    }

    [Theory]
    [InlineData("V21", "serum M-protein 4 g/L, baseline 40 g/L: fell by 90 %; asked for 90 %|urine M-protein 0 mg/24h; asked for below 100 mg/24h")]
    [InlineData("V49", "serum M-protein 13 g/L, lowest 8 g/L: rose by 5 g/L (62.5 %)")]
    [InlineData("V54", "serum M-protein 5 g/L, lowest 0 g/L: rose by 5 g/L")]
    [InlineData("V60", "new lesion")]
    [InlineData("V46", "no measurable disease at baseline")]
    [InlineData("V37", "urine M-protein missing")]
    public void The_deciding_measurements_are_told_in_words(string id, string expected)
    {
        var visit = ImwgCase.Get(id);
        var response = VisitResponse.Compute(visit.Baseline, visit.Nadirs, visit.Values, visit.Values);

        Assert.Equal(expected, string.Join('|', response.Deciding.Select(reason => reason.Text)));
    }

    [Theory]
    [InlineData("V22", "serum M-protein 4.1 g/L, baseline 40 g/L: fell by 89.75 %; asked for 90 %")]
    [InlineData("V24", "urine M-protein 100 mg/24h; asked for below 100 mg/24h")]
    [InlineData("V11", "marrow plasma cells missing")]
    [InlineData("V03", "free light chain ratio 2.75; asked for 0.26 to 1.65")]
    [InlineData("V34", "urine M-protein 1600 mg/24h, baseline 3000 mg/24h: fell by 46.66 %; asked for 50 % or below 200 mg/24h")]
    public void What_prevented_a_better_response_is_told_in_words(string id, string expected)
    {
        var visit = ImwgCase.Get(id);
        var response = VisitResponse.Compute(visit.Baseline, visit.Nadirs, visit.Values, visit.Values);

        Assert.Equal(expected, string.Join('|', response.Preventing.Select(reason => reason.Text)));
    }
}
