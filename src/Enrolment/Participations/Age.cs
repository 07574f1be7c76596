using Equecel.Records.Forms;
using Equecel.Records.V1;

namespace Equecel.Enrolment.Participations;

/// <summary>Age at infusion, as far as the month of birth tells it.</summary>
public static class Age
{
    /// <summary>Completed years on a day, for a birth on the first and on the last day of a month.</summary>
    /// <param name="birthMonth">First day of the month of birth.</param>
    /// <param name="day">The day.</param>
    public static (int Least, int Most) YearsOn(DateOnly birthMonth, DateOnly day) =>
        (Years(birthMonth.AddMonths(1).AddDays(-1), day), Years(birthMonth, day));

    /// <summary>E04: surely under 18 at infusion. E05: surely over 85. F02: surely over 100.</summary>
    /// <param name="field">Field that the finding is about.</param>
    /// <param name="birthMonth">First day of the month of birth; null when missing.</param>
    /// <param name="infusion">Date of infusion; null when there is none yet.</param>
    public static IEnumerable<Finding?> Findings(string field, DateOnly? birthMonth, DateOnly? infusion)
    {
        if (birthMonth is not { } birth || infusion is not { } day)
        {
            yield break;
        }

        var (least, most) = YearsOn(birth, day);
        yield return most < 18 ? Check.Hard("E04", field, "Participant must be at least 18 years old.", "受试者须年满18岁。") : null;
        yield return least > 100
            ? Check.Hard("F02", field, "An age above 100 at infusion is not possible here; check both dates.", "回输时年龄超过100岁，请检查日期。")
            : least > 85 ? Check.Query("E05", field, "Unusual age at infusion; please confirm.", "回输时年龄异常，请核实。") : null;
    }

    private static int Years(DateOnly birth, DateOnly day) =>
        day.Year - birth.Year - (day < birth.AddYears(day.Year - birth.Year) ? 1 : 0);
}
