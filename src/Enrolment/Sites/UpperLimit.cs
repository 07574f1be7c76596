using Equecel.Enrolment.Participations;
using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using static Equecel.Enrolment.V1.Site.Types;

namespace Equecel.Enrolment.Sites;

/// <summary>Upper limit of normal of a site's laboratory.</summary>
internal static class UpperLimit
{
    /// <summary>The limit for a participant on a day.</summary>
    /// <param name="ranges">The site's ranges.</param>
    /// <param name="test">The test.</param>
    /// <param name="sex">The participant's sex.</param>
    /// <param name="birthMonth">First day of the month of birth; null when missing.</param>
    /// <param name="day">The day, as far as it is known; null when it is not.</param>
    /// <returns>The limit; null when no range, or none for certain, holds.</returns>
    public static decimal? Find(
        IEnumerable<LaboratoryRange> ranges, LaboratoryTest test, Participation.Types.Sex sex, DateOnly? birthMonth, PartialDate? day)
    {
        if (day is not { } on)
        {
            return null;
        }

        return ranges
            .Where(range => range.Test == test && IsOf(range, sex) && IsOf(range, birthMonth, on)
                && CivilDate.Find(range.ValidFromDate) <= on.Earliest && on.Latest <= (CivilDate.Find(range.ValidToDate) ?? DateOnly.MaxValue))
            .Select(range => WireNumber.Find(range.HasHigh, range.High))
            .FirstOrDefault(limit => limit is not null);
    }

    private static bool IsOf(LaboratoryRange range, Participation.Types.Sex sex) => range.Sex switch
    {
        RangeSex.Unspecified => true,
        RangeSex.Male => sex == Participation.Types.Sex.Male,
        _ => sex == Participation.Types.Sex.Female,
    };

    private static bool IsOf(LaboratoryRange range, DateOnly? birthMonth, PartialDate on) =>
        !(range.HasAgeFromYears || range.HasAgeToYears)
        || (birthMonth is { } birth
            && (!range.HasAgeFromYears || Age.YearsOn(birth, on.Earliest).Least >= range.AgeFromYears)
            && (!range.HasAgeToYears || Age.YearsOn(birth, on.Latest).Most <= range.AgeToYears));
}
