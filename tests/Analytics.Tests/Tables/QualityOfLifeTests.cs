using System.Globalization;
using Equecel.Analytics.Tests.Datasets;
using Equecel.Common.V1;
using Equecel.Questionnaire.V1;
using Google.Protobuf;
using Instrument = Equecel.Questionnaire.V1.QuestionnaireScores.Types.Instrument;
using Scale = Equecel.Questionnaire.V1.QuestionnaireScores.Types.Scale;

namespace Equecel.Analytics.Tests.Tables;

/// <summary>Infused on 1 March 2025. Questionnaires as month and day, visit that they count for, and score.</summary>
public sealed class QualityOfLifeTests
{
    [Theory]
    [InlineData("02-10 Baseline 40, 02-20 Baseline 50", "50")]
    [InlineData("02-20 Baseline 50, 02-10 Baseline 40", "50")]
    [InlineData("02-10 Baseline 40, 02-20 Baseline _", "40")]
    [InlineData("02-20 Baseline 40, 03-01 Baseline 50", "50")]
    [InlineData("02-20 Baseline 40, 03-02 Baseline 50", "40")]
    [InlineData("02-20 Baseline 40, 02-24 Unspecified 50", "50")]
    [InlineData("03-02 Baseline 50", "-")]
    [InlineData("02-20 Baseline _", "-")]
    public void The_baseline_is_the_last_score_up_to_the_day_of_infusion_in_the_table_as_in_the_dataset(string before, string expected)
    {
        var study = new MadeStudy().Infused("01-0001", Scores($"{before}, 03-29 Week4 60"));

        var table = study.Table(V1.Topic.QualityOfLife);
        var baseline = table.Cell("ql2/baseline").Summary;
        Assert.Equal(expected, baseline.HasMedian ? baseline.Median.ToString(CultureInfo.InvariantCulture) : "-");
        var change = table.Cell("ql2/week-4/change");
        Assert.Equal(expected == "-" ? (double?)null : 60 - double.Parse(expected, CultureInfo.InvariantCulture), change.HasEstimate ? change.Estimate : (double?)null);
        Assert.Equal(expected, study.Rows(V1.Dataset.Adqs).Single(row => row.Of("PARAMCD", "AVISIT") == "EOR0131 WEEK 4").Of("BASE"));
    }

    [Theory]
    [InlineData("5L 0.5, 5L 0.75", "eq5d-index 1 0.5 1 0.25, eq-vas 1 50 1 25, eq5d-3l-index 0 - 0 -, eq-vas-3l 0 - 0 -")]
    [InlineData("3L 0.5, 3L 0.75", "eq5d-index 0 - 0 -, eq-vas 0 - 0 -, eq5d-3l-index 1 0.5 1 0.25, eq-vas-3l 1 50 1 25")]
    [InlineData("3L 0.5, 5L 0.75", "eq5d-index 0 - 1 -, eq-vas 0 - 1 -, eq5d-3l-index 1 0.5 0 -, eq-vas-3l 1 50 0 -")]
    public void The_two_versions_of_the_EQ_5D_are_told_apart_and_no_change_is_across_them(string baselineAndWeek4, string expected)
    {
        var (baseline, week4) = (Eq5d(Visit.Baseline, "2025-02-20", baselineAndWeek4.Split(", ")[0]), Eq5d(Visit.Week4, "2025-03-29", baselineAndWeek4.Split(", ")[1]));
        var table = new MadeStudy().Infused("01-0001", baseline, week4).Table(V1.Topic.QualityOfLife);

        Assert.Equal(expected, string.Join(", ", ((string[])["eq5d-index", "eq-vas", "eq5d-3l-index", "eq-vas-3l"]).Select(key =>
            $"{key} {Described($"{key}/baseline")} {table.Cell($"{key}/week-4").Summary.Count} {(table.Cell($"{key}/week-4/change") is { HasEstimate: true } change ? Number(change.Estimate) : "-")}")));
        Assert.Contains("value sets EQ-5D-5L China, Luo 2017 and EQ-5D-3L China, Liu 2014", table.Method, StringComparison.Ordinal);

        string Described(string row) => table.Cell(row).Summary is var summary && summary.HasMedian ? $"{summary.Count} {Number(summary.Median)}" : $"{summary.Count} -";
    }

    [Theory]
    [InlineData(0.5, 0.569, 0, "1/1 0/1")]
    [InlineData(0.5, 0.568, 0, "0/1 0/1")]
    [InlineData(0.569, 0.5, 0, "0/1 1/1")]
    [InlineData(0.5, 0.569, 0.08, "0/1 0/1")]
    [InlineData(0.5, 0.58, 0.08, "1/1 0/1")]
    public void An_index_changes_by_the_least_difference_of_the_Chinese_value_set_unless_another_is_asked_for(double before, double then, double threshold, string betterAndWorse)
    {
        var table = new MadeStudy()
            .Infused("01-0001", Eq5d(Visit.Baseline, "2025-02-20", $"5L {Number(before)}"), Eq5d(Visit.Week4, "2025-03-29", $"5L {Number(then)}"))
            .Table(new V1.GetTableRequest { Topic = V1.Topic.QualityOfLife, Eq5DThreshold = threshold });

        Assert.Equal(betterAndWorse, $"{table.Share("eq5d-index/week-4/better")} {table.Share("eq5d-index/week-4/worse")}");
        Assert.Contains(threshold == 0 ? "0.069 of the EQ-5D index (instrument-defined for China 5L" : "0.08 of the EQ-5D index or", table.Method, StringComparison.Ordinal);
    }

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    private static QuestionnaireScores Eq5d(Visit visit, string date, string versionAndIndex)
    {
        var index = double.Parse(versionAndIndex[3..], CultureInfo.InvariantCulture);
        var (instrument, set) = versionAndIndex[..2] == "5L" ? (Instrument.Eq5D5L, "EQ-5D-5L China, Luo 2017") : (Instrument.Eq5D3L, "EQ-5D-3L China, Liu 2014");
        return new QuestionnaireScores { Instrument = instrument, AssignedVisit = visit, CompletionDate = date, IndexValue = index, ValueSet = set, VasScore = (int)(100 * index) };
    }

    private static IMessage[] Scores(string forms) => [.. forms.Split(", ").Select(form => form.Split(' ')).Select(form => new QuestionnaireScores
    {
        Instrument = Instrument.QlqC30,
        AssignedVisit = Enum.Parse<Visit>(form[1]),
        CompletionDate = $"2025-{form[0]}",
        Scales = { ScoreOf(form[2]) },
    })];

    private static QuestionnaireScores.Types.ScaleScore ScoreOf(string text)
    {
        var scale = new QuestionnaireScores.Types.ScaleScore { Scale = Scale.Ql2 };
        if (text != "_")
        {
            scale.Score = double.Parse(text, CultureInfo.InvariantCulture);
        }

        return scale;
    }
}
