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
