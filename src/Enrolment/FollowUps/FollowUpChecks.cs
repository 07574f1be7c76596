using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;

namespace Equecel.Enrolment.FollowUps;

/// <summary>Edit checks of a follow-up.</summary>
public static class FollowUpChecks
{
    private const int MostAttempts = 100;

    /// <summary>Finds everything that is wrong or unusual.</summary>
    /// <param name="form">The form.</param>
    /// <param name="context">Its context.</param>
    public static IEnumerable<Finding?> Run(FollowUp form, FormContext context)
    {
        yield return Check.Needed("status", form.Status != FollowUp.Types.Status.Unspecified);
        yield return Check.RequiredDate(context, "status_date", form.StatusDate, out var since);
        yield return Check.Date("last_known_alive_date", form.LastKnownAliveDate, out var alive);
        yield return Check.Needed("last_known_alive_date", form.LastKnownAliveDate.Length > 0);
        yield return Check.Date("last_contact_date", form.LastContactDate, out var contact);
        yield return Check.NotInFuture(context, "status_date", since);
        yield return Check.NotInFuture(context, "last_known_alive_date", alive);
        yield return Check.NotInFuture(context, "last_contact_date", contact);
        yield return Check.BeforeWithdrawal(context, "last_contact_date", contact);
        yield return Check.BeforeWithdrawal(context, "last_known_alive_date", alive);
        yield return Check.Range("contact_attempt_count", form.ContactAttemptCount, (0, 100));
        foreach (var finding in FollowUpHistoryChecks.Run(form, context).Concat(Attempts(form, context)))
        {
            yield return finding;
        }

        yield return form.Status is FollowUp.Types.Status.Physician or FollowUp.Types.Status.Other
            && form.StatusReason.Trim().Length == 0 && !context.Missing.ContainsKey("status_reason")
            ? Check.Query("E05", "status_reason", "Say why the participant left.", "请填写退出原因。")
            : null;
        yield return Check.Text("status_reason", form.StatusReason, 500);
        yield return form.Status == FollowUp.Types.Status.LostToFollowUp && Math.Max(form.ContactAttemptCount, form.ContactAttempts.Count) < 3
            ? Check.Query("E27", "contact_attempt_count", "Document at least three contact attempts.", "请记录至少三次联系尝试。")
            : null;
        yield return alive < contact && form.Status != FollowUp.Types.Status.Death
            ? Check.Query("E28", "last_known_alive_date", "Last known alive date is earlier than a later visit.", "最后存活日期早于已有随访。")
            : null;
        yield return form.Status == FollowUp.Types.Status.Death && alive > since
            ? Check.Hard("E25", "last_known_alive_date", "Record is dated after death.", "记录日期晚于死亡日期。")
            : null;
        yield return form.Status == FollowUp.Types.Status.NotInfused && context.Facts is { HasInfusionDate: true }
            ? Check.Query("E26", "status", "The participant has an infusion; please confirm that it was not given.", "该受试者已有回输记录，请核实是否未回输。")
            : null;
        yield return alive < CivilDate.FindMonth(context.Facts?.BirthYearMonth ?? "")
            ? Check.Hard("E10", "last_known_alive_date", "This is before the participant's birth.", "早于受试者出生年月。")
            : null;
        yield return alive < CivilDate.Find(context.Facts?.InfusionDate ?? "")
            ? Check.Query("E28", "last_known_alive_date", "Last known alive date is earlier than the infusion.", "最后存活日期早于回输日期。")
            : null;
    }

    private static IEnumerable<Finding?> Attempts(FollowUp form, FormContext context)
    {
        yield return Check.Count("contact_attempts", form.ContactAttempts, MostAttempts);
        foreach (var (i, attempt) in form.ContactAttempts.Take(MostAttempts).Index())
        {
            var path = $"contact_attempts[{i}].";
            yield return Check.Needed(path + "attempt_date", attempt.AttemptDate.Length > 0);
            yield return Check.Date(path + "attempt_date", attempt.AttemptDate, out var day);
            yield return Check.NotInFuture(context, path + "attempt_date", day);
            yield return Check.BeforeWithdrawal(context, path + "attempt_date", day);
            yield return Check.Needed(path + "way", attempt.Way != FollowUp.Types.ContactWay.Unspecified);
            yield return Check.Needed(path + "reached", attempt.Reached != YesNoUnknown.Unspecified);
        }
    }
}
