using Equecel.Records.V1;

namespace Equecel.Analytics.Tables.Topics.Quality;

/// <summary>Data queries by state and by who asks, and how old they are.</summary>
internal static class QueriesAsked
{
    private static readonly (DataQuery.Types.State State, string Key, string Label, string LabelZh)[] States =
    [
        (DataQuery.Types.State.Open, "open", "Open, the site is asked", "待中心答复"),
        (DataQuery.Types.State.Answered, "answered", "Answered, to be judged", "已答复待审核"),
        (DataQuery.Types.State.Closed, "closed", "Closed", "已关闭"),
    ];

    private static readonly (DataQuery.Types.Source Source, string Key, string Label, string LabelZh)[] Sources =
    [
        (DataQuery.Types.Source.Check, "check", "By a check of one service", "系统核查"),
        (DataQuery.Types.Source.CrossCheck, "cross-check", "By a check over several services", "跨服务核查"),
        (DataQuery.Types.Source.Monitor, "monitor", "By a monitor", "监查员"),
    ];

    /// <summary>Defines the rows.</summary>
    /// <param name="sheet">The table.</param>
    public static void Define(Sheet sheet)
    {
        sheet.Row(Rows.Heading("queries", "Data queries", "数据质疑"));
        sheet.Row(Rows.Share("queries/participants", "Participants with a query that is not closed", "有未关闭质疑的受试者", 1));
        foreach (var (_, key, label, labelZh) in States)
        {
            sheet.Row(Rows.Count($"queries/{key}", label, labelZh, 1));
            foreach (var (_, source, sourceLabel, sourceLabelZh) in Sources)
            {
                sheet.Row(Rows.Count($"queries/{key}/{source}", sourceLabel, sourceLabelZh, 2));
            }
        }

        sheet.Row(Rows.Heading("query-age", "Age of data queries", "数据质疑时长"));
        foreach (var (_, key, label, labelZh) in States.Where(one => one.State != DataQuery.Types.State.Closed))
        {
            sheet.Row(Rows.Summary($"query-age/{key}", label, labelZh, "days", 1));
            foreach (var (_, source, sourceLabel, sourceLabelZh) in Sources)
            {
                sheet.Row(Rows.Summary($"query-age/{key}/{source}", sourceLabel, sourceLabelZh, "days", 2));
            }
        }
    }

    /// <summary>Adds a participant.</summary>
    /// <param name="sheet">The table, at this participant.</param>
    /// <param name="subject">The participant.</param>
    /// <param name="instant">When the age is told.</param>
    public static void Add(Sheet sheet, Subject subject, DateTimeOffset instant)
    {
        foreach (var (query, record) in subject.Dossier.All<DataQuery>().Select(found => (found.Form, found.Record)))
        {
            var state = Array.Find(States, one => one.State == query.State).Key;
            var source = Array.Find(Sources, one => one.Source == query.Source).Key;
            if (state is null)
            {
                continue;
            }

            var opened = (query.ReopenTime ?? query.OpenTime)?.ToDateTimeOffset() ?? record.FirstSaveTime;
            var days = Math.Max((instant - opened).TotalDays, 0);
            var words = FormattableString.Invariant($"{$"{query.Code} {query.SubjectKind} {query.Field}".Trim()}, opened {opened:yyyy-MM-dd}");
            foreach (var key in source is null ? [state] : (string[])[state, $"{state}/{source}"])
            {
                sheet[$"queries/{key}"].Count(words, [record]);
                if (query.State != DataQuery.Types.State.Closed)
                {
                    sheet[$"query-age/{key}"].Add(days, FormattableString.Invariant($"{words}, {days:0.#} days"), [record]);
                }
            }

            if (query.State != DataQuery.Types.State.Closed)
            {
                sheet["queries/participants"].Count(words, [record]);
            }
        }
    }
}
