using System.Text.Json;
using Equecel.Analytics.Statistics;

namespace Equecel.Analytics.Tests.Statistics;

public sealed class GroupVectorTests
{
    public static TheoryData<string> SetsWithGroups => SetsWhere(expected => Has(expected, "logrank"));

    public static TheoryData<string> SetsWithTwoGroups => SetsWhere(expected => Has(expected, "cox") && Has(expected.GetProperty("cox"), "group"));

    public static TheoryData<string> SetsWithNumber => SetsWhere(expected => Has(expected, "cox") && Has(expected.GetProperty("cox"), "x"));

    [Theory]
    [MemberData(nameof(SetsWithGroups))]
    public void Log_rank_test_is_that_of_R(string id)
    {
        var vector = SurvivalVector.Load(id);
        var expected = vector.Expected.GetProperty("logrank");
        var test = LogRank.Test([.. vector.Groups.Select(vector.GroupTable)]);
        Assert.Equal(expected.GetProperty("df").GetInt32(), test.DegreesOfFreedom);
        Close.To(expected, "chisq", test.ChiSquare, 1e-8);
        Close.To(expected, "p", test.PValue, 1e-7, relative: true);

        var groups = expected.GetProperty("groups").EnumerateArray().ToList();
        Assert.Equal(groups.Select(group => group.GetProperty("group").GetString()), vector.Groups);
        foreach (var (group, actual) in groups.Zip(test.Groups))
        {
            Assert.Equal(group.GetProperty("n").GetInt32(), actual.SubjectCount);
            Assert.Equal(group.GetProperty("observed").GetInt32(), actual.Observed);
            Close.To(group, "expected", actual.Expected);
        }
    }

    [Theory]
    [MemberData(nameof(SetsWithTwoGroups))]
    public void Cox_model_of_two_groups_is_that_of_R(string id)
    {
        var vector = SurvivalVector.Load(id);
        var models = vector.Expected.GetProperty("cox").GetProperty("group");
        Assert.Equal($"group={vector.Groups[1]} vs group={vector.Groups[0]}", models.GetProperty("contrast").GetString());
        SameModels(models, [.. vector.Groups.Select(vector.GroupTable)], [0, 1], vector.Level);
    }

    [Theory]
    [MemberData(nameof(SetsWithNumber))]
    public void Cox_model_of_a_number_is_that_of_R(string id)
    {
        var vector = SurvivalVector.Load(id);
        var (tables, values) = vector.ByCovariate();
        SameModels(vector.Expected.GetProperty("cox").GetProperty("x"), tables, values, vector.Level);
    }

    private static TheoryData<string> SetsWhere(Func<JsonElement, bool> holds) =>
        [.. SurvivalVector.Ids("right_censored").Where(id => holds(SurvivalVector.Load(id).Expected))];

    private static bool Has(JsonElement expected, string part) =>
        expected.TryGetProperty(part, out var value) && value.ValueKind == JsonValueKind.Object;

    private static void SameModels(JsonElement models, EventTable[] tables, double[] values, double level)
    {
        Same(models.GetProperty("efron"), CoxModel.Fit(tables, values, TieMethod.Efron, level));
        Same(models.GetProperty("breslow"), CoxModel.Fit(tables, values, TieMethod.Breslow, level));
    }

    private static void Same(JsonElement expected, Estimable<CoxFit> estimate)
    {
        if (expected.ValueKind == JsonValueKind.Null)
        {
            Assert.Equal(NotEstimable.DidNotConverge, estimate.Reason);
            return;
        }

        var fit = estimate.Value!.Value;
        Close.To(expected, "coef", fit.Coefficient, 1e-6);
        Close.To(expected, "se", fit.StandardError, 1e-6);
        Close.To(expected, "hr", fit.HazardRatio, 1e-6);
        Close.To(expected, "hr_lower", fit.Lower, 1e-6);
        Close.To(expected, "hr_upper", fit.Upper, 1e-6);
        Close.To(expected, "wald_z", fit.WaldZ, 1e-6);
        Close.To(expected, "wald_p", fit.WaldPValue, 1e-6);
        Close.To(expected, "lr_chisq", fit.LikelihoodRatioChiSquare, 1e-6);
        Close.To(expected, "lr_p", fit.LikelihoodRatioPValue, 1e-6);
        Close.To(expected, "score_chisq", fit.ScoreChiSquare, 1e-6);
        Close.To(expected, "score_p", fit.ScorePValue, 1e-6);
        Close.To(expected, "loglik_null", fit.NullLogLikelihood, 1e-6);
        Close.To(expected, "loglik", fit.LogLikelihood, 1e-6);
    }
}
