using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;

namespace Equecel.Enrolment.Lymphodepletions;

/// <summary>The days of a lymphodepletion, and how they lie before the infusion.</summary>
/// <param name="First">First day.</param>
/// <param name="Last">Last day.</param>
/// <param name="Count">Days on which something was given.</param>
internal sealed record DepletionDays(DateOnly First, DateOnly Last, int Count)
{
    private const int UsualDays = 3;
    private const int MostDaysBefore = 14;
    private const int FewestUsualDaysBefore = 2;
    private const int MostUsualDaysBefore = 7;

    /// <summary>The days of a form; null when it has none.</summary>
    /// <param name="form">The form; null when there is none.</param>
    public static DepletionDays? Find(Lymphodepletion? form) =>
        (form?.Doses ?? []).Select(dose => CivilDate.Find(dose.DoseDate)).OfType<DateOnly>().Distinct().Order().ToList() is [var first, ..] and [.., var last] days
            ? new DepletionDays(first, last, days.Count)
            : null;

    /// <summary>E17: not before the infusion. F02: more than two weeks before it. E18: an unusual time before it.</summary>
    /// <param name="field">Field of the form that is being saved.</param>
    /// <param name="infusion">The infusion; null when there is none yet.</param>
    public IEnumerable<Finding?> Against(string field, DateOnly? infusion)
    {
        var before = infusion?.DayNumber - Last.DayNumber;
        yield return before <= 0 ? Check.Hard("E17", field, "Lymphodepletion must be before infusion.", "清淋应早于回输。") : null;
        yield return infusion?.DayNumber - First.DayNumber > MostDaysBefore
            ? Check.Hard("F02", field, $"Lymphodepletion lies at most {MostDaysBefore} days before the infusion; check both dates.", $"清淋不应早于回输前{MostDaysBefore}天，请检查日期。")
            : null;
        yield return before is > 0 and (< FewestUsualDaysBefore or > MostUsualDaysBefore) ? Unusual(field) : null;
    }

    /// <summary>E18: not three days.</summary>
    /// <param name="field">Field of the form that is being saved.</param>
    public Finding? Number(string field) => Count == UsualDays ? null : Unusual(field);

    private static Finding Unusual(string field) =>
        Check.Query("E18", field, "Unusual lymphodepletion schedule; confirm dates.", "清淋方案时间异常，请核实。");
}
