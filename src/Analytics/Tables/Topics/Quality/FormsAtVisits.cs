using Equecel.Analytics.Cohort;
using Equecel.Analytics.Dossiers;
using Equecel.Assessment.V1;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Questionnaire.V1;
using Equecel.Records.V1;
using Equecel.StudyRules;
using Google.Protobuf;

namespace Equecel.Analytics.Tables.Topics.Quality;

/// <summary>Forms that are expected at visits: whether they are there, and whether they are of the visit's window.</summary>
internal static class FormsAtVisits
{
    private static readonly Kind[] Kinds =
    [
        new("disease-assessment", "Disease assessment", "疾病评估", VisitSchedule.ResponseTests, IsQuestionnaire: false, form => form is DiseaseAssessment one
            ? Visited(one.Visit, one.ResponseDate) : null),
        new("qlq-c30", "QLQ-C30", "QLQ-C30", VisitSchedule.Questionnaires, IsQuestionnaire: true, form => form is QlqC30 one
            ? Visited(one.Visit, one.CompletionDate, one.NotDoneReason) : null),
        // One version stands for the other.
        new("eq-5d", "EQ-5D", "EQ-5D", VisitSchedule.Questionnaires, IsQuestionnaire: true, form => form switch
        {
            Eq5d5l one => Visited(one.Visit, one.CompletionDate, one.NotDoneReason),
            Eq5d3l one => Visited(one.Visit, one.CompletionDate, one.NotDoneReason),
            _ => null,
        }),
    ];

    /// <summary>Defines the rows.</summary>
    /// <param name="sheet">The table.</param>
    public static void Define(Sheet sheet)
    {
        Define(sheet, "forms", "Expected forms that are there", "应有表单完成率");
        Define(sheet, "on-time", "Forms dated within the window of their visit", "访视窗内表单");
    }

    /// <summary>Adds a participant, of whom nothing is expected before the infusion.</summary>
    /// <param name="sheet">The table, at this participant.</param>
    /// <param name="subject">The participant.</param>
    /// <param name="today">The last day that counts.</param>
    public static void Add(Sheet sheet, Subject subject, DateOnly today)
    {
        if (subject.Course is not { } course)
        {
            return;
        }

        foreach (var kind in Kinds)
        {
            var participant = new ScheduledParticipant(course.InfusionDate, subject.Origin, EndOf(subject, kind.IsQuestionnaire));
            var records = subject.Dossier.Records
                .Select(record => (Record: record, Visit: kind.Read(record.Form)))
                .Where(one => one.Visit is { } visit && !(visit.Date > today))
                .ToDictionary(one => $"{one.Record.RecordId}");
            var closed = ExpectedVisit.Of(kind.Visits, participant, [.. records.Select(one => (one.Key, one.Value.Visit!.Value))], today)
                .Where(one => course.InfusionDate.AddDays(one.Window.LastDay) < today).ToList();
            Add(sheet, kind, closed, course.InfusionDate, one => records[one.RecordId].Record);
        }
    }

    private static void Add(Sheet sheet, Kind kind, List<ExpectedVisit> closed, DateOnly infusion, Func<ExpectedVisit, DossierRecord> recordOf)
    {
        var there = closed.Where(one => one.State == DueState.Done).ToList();
        var sources = there.Select(recordOf).ToList();
        var wanting = closed.Where(one => one.State != DueState.Done).Select(one => InWords(one.Window)).ToList();
        var words = $"{kind.Label}: {there.Count} of {closed.Count}{Told("not there", wanting)}";
        sheet["forms/all"].CountOf(there.Count, closed.Count, words, sources);
        sheet[$"forms/{kind.Key}"].CountOf(there.Count, closed.Count, words, sources);

        var dated = there.Where(one => one.Recorded.Date is not null).Select(one => (one.Window, Outside: one.Window.DaysOutside(one.Recorded.Date!.Value.DayNumber - infusion.DayNumber))).ToList();
        var outside = dated.Where(one => one.Outside != 0).Select(one => $"{InWords(one.Window)} by {Math.Abs(one.Outside)} days").ToList();
        words = $"{kind.Label}: {dated.Count - outside.Count} of {dated.Count}{Told("outside", outside)}";
        sheet["on-time/all"].CountOf(dated.Count - outside.Count, dated.Count, words, sources);
        sheet[$"on-time/{kind.Key}"].CountOf(dated.Count - outside.Count, dated.Count, words, sources);
    }

    private static void Define(Sheet sheet, string key, string label, string labelZh)
    {
        sheet.Row(Rows.Heading(key, label, labelZh));
        sheet.Row(Rows.ShareOfThings($"{key}/all", "All", "全部", 1));
        foreach (var kind in Kinds)
        {
            sheet.Row(Rows.ShareOfThings($"{key}/{kind.Key}", kind.Label, kind.LabelZh, 1));
        }
    }

    // The last day of which something may be collected: of a withdrawal, of death.
    private static DateOnly? EndOf(Subject subject, bool ofQuestionnaires)
    {
        var withdrawals = subject.Dossier.All<Participation>().Select(found => found.Form)
            .Where(form => ofQuestionnaires || form.WithdrawalScope != Participation.Types.WithdrawalScope.AlsoQolOnly)
            .Select(form => PartialDate.FindDay(form.ConsentWithdrawalDate));
        var deaths = subject.Dossier.All<FollowUp>().Select(found => found.Form)
            .Where(form => form.Status == FollowUp.Types.Status.Death).Select(form => PartialDate.FindDay(form.StatusDate));
        return withdrawals.Concat(deaths).Append(subject.Course!.DeathDate).Min();
    }

    private static RecordedVisit? Visited(Visit visit, string date, MissingReason notDone = MissingReason.Unspecified) =>
        new RecordedVisit(visit, PartialDate.FindDay(date), notDone == MissingReason.Unspecified);

    private static string InWords(VisitWindow window) => window.TargetDay < 0 ? "baseline" : $"week {window.TargetDay / 7}";

    private static string Told(string what, List<string> visits) => visits.Count == 0 ? "" : $", {what}: {string.Join(", ", visits)}";

    /// <summary>A kind of form that is expected.</summary>
    private sealed record Kind(string Key, string Label, string LabelZh, IReadOnlyList<Visit> Visits, bool IsQuestionnaire, Func<IMessage, RecordedVisit?> Read);
}
