using Equecel.Common.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;
using Equecel.Safety.Shared;
using Equecel.Safety.V1;

namespace Equecel.Safety.Deaths;

/// <summary>Edit checks of a death.</summary>
public static class DeathChecks
{
    /// <summary>Finds everything that is wrong or unusual.</summary>
    /// <param name="form">The form.</param>
    /// <param name="context">Its context, with the participant's other records.</param>
    public static IEnumerable<Finding?> Run(Death form, FormContext context)
    {
        yield return Check.Needed("primary_cause", form.PrimaryCause != Death.Types.Cause.Unspecified);
        yield return Check.RequiredText(context, "cause_text", form.CauseText, 500);
        yield return Check.Required(context, "autopsy", form.Autopsy != YesNoUnknown.Unspecified);
        yield return Check.Required(context, "causality", form.Causality != Causality.Unspecified);
        yield return Links.To<AdverseEvent>(context, "adverse_event_record_id", form.AdverseEventRecordId);
        yield return Links.Find<AdverseEvent>(context.Others, form.AdverseEventRecordId) is { } linked && !IsFatal(linked)
            ? Check.Hard("S06", "adverse_event_record_id",
                "The linked adverse event is not fatal. Amend it to grade 5 first, or link another.", "关联的不良事件不是致死事件，请先将其更正为5级或关联其他事件。")
            : null;
        yield return form.AdverseEventRecordId.Length == 0 && form.PrimaryCause is
            Death.Types.Cause.AdverseEvent or Death.Types.Cause.Infection or Death.Types.Cause.SecondaryMalignancy
            ? Check.Query("S06", "adverse_event_record_id", "Link the fatal adverse event once it is recorded.", "请关联导致死亡的不良事件。")
            : null;

        foreach (var finding in Dates(form, context).Concat(Others(form, context)))
        {
            yield return finding;
        }
    }

    private static bool IsFatal(AdverseEvent form) => form.Outcome == EventOutcome.Fatal || (form.HasGrade && form.Grade == 5);

    private static IEnumerable<Finding?> Others(Death form, FormContext context)
    {
        var death = form.DeathDate.Length == 4 ? null : CivilDate.FindPartial(form.DeathDate);
        var later = context.Others.Select(other => DatedForm.LatestDayOf(other.Form)).Where(day => day > death?.Latest).Max();
        yield return later is { } day
            ? Check.Hard("E25", "death_date",
                $"Record is dated after death: another record is of {CivilDate.ToWire(day)}. Correct one of the two.", $"记录日期晚于死亡日期：另有记录日期为{CivilDate.ToWire(day)}，请更正。")
            : null;
    }

    private static IEnumerable<Finding?> Dates(Death form, FormContext context)
    {
        yield return Check.Needed("death_date", form.DeathDate.Length > 0);
        // A year alone is asked about, never imputed.
        var date = form.DeathDate.Length == 4 ? null : CivilDate.FindPartial(form.DeathDate);
        yield return form.DeathDate.Length > 0 && date is null
            ? Check.Hard("F03", "death_date", "Write the date of death as yyyy-MM-dd, or yyyy-MM if the day is not known.", "死亡日期格式应为yyyy-MM-dd，日不详时为yyyy-MM。")
            : null;
        if (date is not ({ } earliest, { } latest))
        {
            yield break;
        }

        yield return Check.NotInFuture(context, "death_date", earliest);
        yield return earliest == latest || context.Origin == DataOrigin.Retrospective
            ? null
            : Check.Hard("F03", "death_date", "Give the full date; a month alone is for retrospective data only.", "请填写完整日期，仅回顾性数据可只填年月。");
        yield return latest < CivilDate.FindMonth(context.Facts?.BirthYearMonth ?? "")
            ? Check.Hard("E10", "death_date", "The death is dated before the participant's birth.", "死亡日期早于受试者出生年月。")
            : null;
        yield return context.Origin == DataOrigin.Prospective && latest < CivilDate.Find(context.Facts?.EnrolmentDate ?? "")
            ? Check.Hard("E10", "death_date", "The death is dated before enrolment.", "死亡日期早于入组日期。")
            : null;
        yield return latest < CivilDate.Find(context.Facts?.InfusionDate ?? "")
            ? Check.Hard("E25", "death_date", "The infusion is dated after death. Correct one of the two.", "回输日期晚于死亡日期，请更正。")
            : null;
        yield return latest < CivilDate.Find(context.Facts?.LastKnownAliveDate ?? "")
            ? Check.Hard("E25", "death_date", "A follow-up says the participant was alive after this date. Correct one of the two.", "随访显示受试者在此日期之后仍存活，请更正。")
            : null;
        yield return Check.BeforeWithdrawal(context, "death_date", earliest);
    }
}
