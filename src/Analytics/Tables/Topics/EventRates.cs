using Equecel.Analytics.Derivation;
using Measure = Equecel.Analytics.V1.Table.Types.Measure;

namespace Equecel.Analytics.Tables.Topics;

/// <summary>
/// The two exposure-adjusted rates below a row of adverse events, where they are asked for: of participants with an event, over the time
/// to their first, and of all events, over all time.
/// </summary>
/// <remarks>Rule set RWS-1: analysis plan, exposure; survival methods, sections 11 and 12.7.</remarks>
internal static class EventRates
{
    private static readonly RowDefinition Exposure = Rows.Summary("exposure", "Time under observation", "观察时间", "days");

    /// <summary>How they are made; empty when they are not asked for.</summary>
    /// <param name="question">The question.</param>
    public static (string En, string Zh) InWords(TableQuestion question) => question.Request.ExposureAdjustedRates
        ? ("; rates per 100 person-months of 30.4375 days, exact Poisson, over the days from infusion to the earliest of death, last contact, "
            + $"infusion + {question.AdverseEventWindowDays} days and cut-off, inclusive: of participants with an event up to their first, and of all events, "
            + "for which the interval supposes independent events and is too narrow for repeated ones",
            $"；发生率为每100人月（每月30.4375天），精确Poisson区间，观察时间自回输日至死亡、末次联系、回输后{question.AdverseEventWindowDays}天与数据截止日中最早者（含首尾两日）："
            + "受试者发生率计至首次发生，事件发生率含全部事件，其区间假定各事件相互独立，对重复事件偏窄")
        : ("", "");

    /// <summary>Defines the row of the time under observation.</summary>
    /// <param name="sheet">The table.</param>
    /// <param name="question">The question.</param>
    public static void DefineExposure(Sheet sheet, TableQuestion question)
    {
        if (question.Request.ExposureAdjustedRates)
        {
            sheet.Row(Exposure);
        }
    }

    /// <summary>Defines the rates of a row.</summary>
    /// <param name="sheet">The table.</param>
    /// <param name="kind">The row that counts the events.</param>
    /// <param name="question">The question.</param>
    public static void Define(Sheet sheet, RowDefinition kind, TableQuestion question)
    {
        if (question.Request.ExposureAdjustedRates)
        {
            sheet.Row(OfParticipants(kind));
            sheet.Row(OfEvents(kind));
        }
    }

    /// <summary>Adds the time that a participant was under observation.</summary>
    /// <param name="sheet">The table, at this participant.</param>
    /// <param name="subject">The participant.</param>
    /// <param name="question">The question.</param>
    public static void Observe(Sheet sheet, Subject subject, TableQuestion question)
    {
        if (question.Request.ExposureAdjustedRates)
        {
            var days = ObservedTime.ToEnd(subject.Course!, [], question.AdverseEventWindowDays).Days;
            var records = subject.ObservationRecords.ToList();
            sheet[Exposure.Key].Add(days, SheetRow.InDays(days), records);
            sheet.ExplainTime(days, records);
        }
    }

    /// <summary>Counts a participant's events. One whose onset is known to the month alone may lie after the last contact, and is then in no rate.</summary>
    /// <param name="sheet">The table, at this participant.</param>
    /// <param name="kind">The row that counts the events.</param>
    /// <param name="events">The participant's events of the row, one or more.</param>
    /// <param name="question">The question.</param>
    public static void Count(Sheet sheet, RowDefinition kind, IReadOnlyList<EmergentEvent> events, TableQuestion question)
    {
        if (!question.Request.ExposureAdjustedRates)
        {
            return;
        }

        var (course, window) = (events[0].Known.Subject.Course!, question.AdverseEventWindowDays);
        var end = ObservationEnd.Of(course, window);
        var observed = events.Where(one => one.Onset.Date <= end).OrderBy(one => one.Onset.Date).ToList();
        if (observed.Count == 0)
        {
            return;
        }

        var dates = observed.ConvertAll(one => one.Onset.Date);
        var (toFirst, toEnd) = (ObservedTime.ToFirst(course, dates, window), ObservedTime.ToEnd(course, dates, window));

        var ofParticipants = sheet[OfParticipants(kind).Key];
        ofParticipants.Count(observed[0].InWords(), [observed[0].Record], toFirst.EventCount);
        sheet.ExplainTime(ofParticipants, toFirst.Days, observed[0].Record);
        sheet[OfEvents(kind).Key].Count(string.Join("; ", observed.Select(one => one.InWords())), observed.Select(one => one.Record), toEnd.EventCount);

        // A row is not known before its first event, so that everybody's whole time is added at the end: here what lies after the first event is taken away.
        foreach (var column in sheet.SubjectColumns)
        {
            ofParticipants.Cell(column).Expose(toFirst.Days - toEnd.Days);
        }
    }

    /// <summary>Gives every rate the time under observation of everybody.</summary>
    /// <param name="sheet">The table, with everybody in it.</param>
    public static void Finish(Sheet sheet)
    {
        if (sheet.Rows.FirstOrDefault(row => row.Definition == Exposure) is not { } exposure)
        {
            return;
        }

        for (var column = 0; column < sheet.Columns.Count; column++)
        {
            var days = exposure.Cell(column).Values.ToArray().Sum();
            foreach (var row in sheet.Rows.Where(row => row.Definition.IsOverAllTime))
            {
                row.Cell(column).Expose(days);
            }
        }
    }

    private static RowDefinition OfParticipants(RowDefinition kind) => Of(kind, "participant-rate", "Rate of participants with one, to their first", "受试者发生率（至首次发生）");

    private static RowDefinition OfEvents(RowDefinition kind) => Of(kind, "event-rate", "Rate of events, repeated ones as well", "事件发生率（含重复发生）");

    private static RowDefinition Of(RowDefinition kind, string key, string label, string labelZh) =>
        new($"{kind.Key}/{key}", label, labelZh, Measure.Rate, "per 100 person-months", kind.Level + 1) { IsOverAllTime = true };
}
