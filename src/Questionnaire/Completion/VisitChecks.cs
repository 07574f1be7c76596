using Equecel.Common.V1;
using Equecel.Records.Forms;
using Equecel.Records.Schedule;
using Equecel.Records.V1;
using Equecel.StudyRules;

namespace Equecel.Questionnaire.Completion;

/// <summary>Edit checks of the visit and the date.</summary>
internal static class VisitChecks
{
    /// <summary>Finds everything that is wrong or unusual.</summary>
    /// <param name="form">The form.</param>
    /// <param name="context">Its context, with the participant's other questionnaires.</param>
    public static IEnumerable<Finding?> Run(CompletedForm form, FormContext context)
    {
        yield return Check.Required(context, "visit", form.Visit != Visit.Unspecified);
        yield return context.Others.Any(other => CompletedForm.Find(other.Form) is { } known && IsAgain(form, known))
            ? Check.Hard("Q01", "visit", "A form for this visit already exists. Amend that one, or name another visit.", "该访视已有问卷，请修改原问卷或选择其他访视。")
            : null;

        yield return Check.Needed("completion_date", form.CompletionDate.Length > 0);
        yield return Check.Date("completion_date", form.CompletionDate, out var date);
        yield return Check.NotInFuture(context, "completion_date", date);
        yield return context.Facts is { } known && date > QuestionnaireEnd.WithdrawalOf(known)
            ? Check.Hard("E29", "completion_date", "No data may be collected after withdrawal of consent.", "撤回知情同意后不得继续收集数据。")
            : null;
        yield return context.Facts is { } facts && date > CollectionEnd.DeathOf(facts)
            ? Check.Hard("E25", "completion_date", "Record is dated after death.", "记录日期晚于死亡日期。")
            : null;
        yield return context.Origin == DataOrigin.Prospective && date < CivilDate.Find(context.Facts?.ConsentDate ?? "")
            ? Check.Hard("E03", "completion_date", "completion_date is dated before consent.", "completion_date日期早于知情同意日期。")
            : null;
        yield return OutsideWindow(form, context, date);
    }

    /// <summary>Whether two forms are of one instrument at one visit of which there is one.</summary>
    /// <param name="form">A form.</param>
    /// <param name="other">Another.</param>
    public static bool IsAgain(CompletedForm form, CompletedForm other) =>
        form.Instrument == other.Instrument && form.Visit == other.Visit && form.Visit is not (Visit.Unspecified or Visit.Later or Visit.Unscheduled);

    // Data from an archive are mapped to the nearest window instead.
    private static Finding? OutsideWindow(CompletedForm form, FormContext context, DateOnly? date)
    {
        if (!form.IsDone || context.Origin == DataOrigin.Retrospective || date is not { } day || VisitSchedule.Find(form.Visit) is not { } window
            || CivilDate.Find(context.Facts?.InfusionDate ?? "") is not { } infusion)
        {
            return null;
        }

        var outside = Math.Abs(window.DaysOutside(day.DayNumber - infusion.DayNumber));
        return outside == 0 ? null : Check.Query("Q02", "completion_date", $"Questionnaire is {outside} days outside the window.", $"问卷超窗{outside}天。");
    }
}
