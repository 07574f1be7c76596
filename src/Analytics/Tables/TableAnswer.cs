using System.Globalization;
using Equecel.Analytics.Cohort;
using Equecel.Analytics.Endpoints;
using Equecel.Analytics.Statistics;
using Measure = Equecel.Analytics.V1.Table.Types.Measure;

namespace Equecel.Analytics.Tables;

/// <summary>Computes the numbers of a table from what was counted.</summary>
internal static class TableAnswer
{
    /// <summary>Computes them.</summary>
    /// <param name="topic">What the table is about.</param>
    /// <param name="question">The question.</param>
    /// <param name="sheet">What was counted.</param>
    /// <param name="exclusions">Participants left out, by why.</param>
    /// <param name="position">The data that was counted.</param>
    /// <param name="now">When; the answer is about this instant unless another was asked for.</param>
    public static V1.Table Compute(
        Topic topic, TableQuestion question, Sheet sheet, IEnumerable<V1.Exclusion> exclusions, CohortPosition position, DateTimeOffset now)
    {
        // Columns are met in any order and told in that of their keys; everybody comes first.
        var order = Enumerable.Range(0, sheet.Columns.Count).OrderBy(i => sheet.Columns[i].Key, StringComparer.Ordinal).ToList();
        return new V1.Table
        {
            Topic = topic.Name,
            Title = topic.Title.En,
            TitleZh = topic.Title.Zh,
            Method = Method(topic, question).En,
            RuleSet = SurvivalAnswer.RuleSet,
            ConfidenceLevel = question.Level,
            Population = question.Request.Population,
            DataCutoffDate = question.Request.DataCutoffDate,
            Columns =
            {
                order.Select(i => sheet.Columns[i]).Select(column => new V1.Table.Types.Column
                {
                    Key = column.Key, Label = column.Label, LabelZh = column.LabelZh, ParticipantCount = column.ParticipantCount,
                }),
            },
            Rows =
            {
                sheet.Rows.Select(row => new V1.Table.Types.Row
                {
                    Key = row.Definition.Key,
                    Label = row.Definition.Label,
                    LabelZh = row.Definition.LabelZh,
                    Level = row.Definition.Level,
                    Measure = row.Definition.Measure,
                    Unit = row.Definition.Unit,
                    Flow = row.Definition.Flow is { } flow ? new V1.Table.Types.Flow { FromRow = flow.From, ToRow = flow.To } : null,
                    Cells = { order.Select(i => Cell(row.Definition, row.Cell(i), sheet.Columns[i].ParticipantCount, question)) },
                }),
            },
            Exclusions = { exclusions },
            Position = position.ToV1(question.AsOf, now),
        };
    }

    /// <summary>Methods and their variants in words, with the rule set, in English and in Chinese.</summary>
    /// <param name="topic">What the table is about.</param>
    /// <param name="question">The question.</param>
    public static (string En, string Zh) Method(Topic topic, TableQuestion question)
    {
        var (method, interval, level) = (topic.Method(question), Interval(question), Percent(question.Level));
        return (
            $"{method.En}; {interval} {level} % intervals; rule set {SurvivalAnswer.RuleSet}",
            $"{method.Zh}；{interval} {level}%置信区间；规则集{SurvivalAnswer.RuleSet}");
    }

    private static V1.Table.Types.Cell Cell(RowDefinition row, SheetCell cell, int participants, TableQuestion question) => row.Measure switch
    {
        Measure.Proportion => Share(cell, row.IsOfKnown ? cell.KnownCount : participants, row.IsOfKnown, question),
        Measure.Rate => Rate(cell, question),
        Measure.Mean => Mean(cell, question),
        Measure.Summary => Summary(cell, row.WithoutValues),
        Measure.ShareOfThings => ShareOfThings(cell),
        Measure.Unspecified => new V1.Table.Types.Cell(),
        _ => new V1.Table.Types.Cell { ParticipantCount = cell.ParticipantCount, EventCount = cell.EventCount },
    };

    private static V1.Table.Types.Cell Share(SheetCell cell, int of, bool isOfKnown, TableQuestion question)
    {
        var answer = new V1.Table.Types.Cell { ParticipantCount = cell.ParticipantCount, EventCount = cell.EventCount };
        if (isOfKnown)
        {
            answer.Denominator = of;
        }

        var share = Proportion.Estimate(cell.ParticipantCount, of, question.Method, question.Level);
        if (share.Value is { } value)
        {
            (answer.Estimate, answer.Lower, answer.Upper) = (100 * value.Share, 100 * value.Lower, 100 * value.Upper);
        }

        answer.NotEstimableReason = share.Reason?.InWords() ?? "";
        return answer;
    }

    // Things of one participant go together, so that an interval that takes them one by one would be too narrow.
    private static V1.Table.Types.Cell ShareOfThings(SheetCell cell)
    {
        var answer = new V1.Table.Types.Cell { ParticipantCount = cell.ParticipantCount, EventCount = cell.EventCount, EventDenominator = cell.EventDenominator };
        if (cell.EventDenominator > 0)
        {
            answer.Estimate = 100.0 * cell.EventCount / cell.EventDenominator;
        }

        answer.NotEstimableReason = cell.EventDenominator > 0 ? "" : NotEstimable.NothingExpected.InWords();
        return answer;
    }

    private static V1.Table.Types.Cell Rate(SheetCell cell, TableQuestion question)
    {
        var answer = new V1.Table.Types.Cell { ParticipantCount = cell.ParticipantCount, EventCount = cell.EventCount, ExposureDays = cell.ExposureDays };
        var rate = PoissonRate.Estimate(cell.EventCount, cell.ExposureDays, question.Level);
        if (rate.Value is { } value)
        {
            (answer.Estimate, answer.Lower, answer.Upper) = (value.Per100PersonMonths, value.Lower, value.Upper);
        }

        answer.NotEstimableReason = rate.Reason?.InWords() ?? "";
        return answer;
    }

    private static V1.Table.Types.Cell Mean(SheetCell cell, TableQuestion question)
    {
        var answer = new V1.Table.Types.Cell { ParticipantCount = cell.ParticipantCount };
        var mean = MeanEstimate.Estimate(cell.Values, question.Level);
        if (mean.Value is { } value)
        {
            answer.Estimate = value.Mean;
            if (value is { Lower: { } lower, Upper: { } upper })
            {
                (answer.Lower, answer.Upper) = (lower, upper);
            }
        }

        answer.NotEstimableReason = (mean.Reason ?? mean.Value?.LimitsReason)?.InWords() ?? "";
        return answer;
    }

    private static V1.Table.Types.Cell Summary(SheetCell cell, NotEstimable withoutValues)
    {
        var answer = new V1.Table.Types.Cell { ParticipantCount = cell.ParticipantCount, Summary = new() { Count = cell.Values.Length } };
        var summary = SampleSummary.Of(cell.Values);
        if (summary.Value is { } value)
        {
            (answer.Summary.Minimum, answer.Summary.FirstQuartile, answer.Summary.Median) = (value.Min, value.FirstQuartile, value.Median);
            (answer.Summary.ThirdQuartile, answer.Summary.Maximum) = (value.ThirdQuartile, value.Max);
            var mean = MeanEstimate.Estimate(cell.Values).Value!.Value;
            answer.Summary.Mean = mean.Mean;
            if (mean.StandardDeviation is { } deviation)
            {
                answer.Summary.StandardDeviation = deviation;
            }
        }

        answer.NotEstimableReason = summary.Reason is null ? "" : withoutValues.InWords();
        return answer;
    }

    private static string Interval(TableQuestion question) => question.Method == ProportionMethod.Wilson ? "Wilson" : "Clopper–Pearson";

    private static string Percent(double level) => (100 * level).ToString("0.####", CultureInfo.InvariantCulture);
}
