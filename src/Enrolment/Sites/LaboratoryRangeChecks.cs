using Equecel.Records.Forms;
using Equecel.Records.V1;
using Google.Protobuf.Collections;
using static Equecel.Enrolment.V1.Site.Types;

namespace Equecel.Enrolment.Sites;

/// <summary>Edit checks of the normal ranges of a site's laboratory.</summary>
internal static class LaboratoryRangeChecks
{
    private const string Field = "laboratory_ranges";
    private const int MostRanges = 200;

    /// <summary>Finds everything that is wrong.</summary>
    /// <param name="ranges">The ranges.</param>
    public static IEnumerable<Finding?> Run(RepeatedField<LaboratoryRange> ranges)
    {
        yield return Check.Count(Field, ranges, MostRanges);
        var known = ranges.Take(MostRanges).ToList();
        foreach (var (i, range) in known.Index())
        {
            foreach (var finding in Row(range, $"{Field}[{i}]."))
            {
                yield return finding;
            }

            yield return known.Take(i).Any(other => Overlap(range, other))
                ? Check.Hard("F04", $"{Field}[{i}].valid_from_date", "Two ranges of this test hold for the same people on the same day.", "同一检验项目对同一人群在同一时间有两个参考范围。")
                : null;
        }
    }

    private static IEnumerable<Finding?> Row(LaboratoryRange range, string path)
    {
        var unit = LaboratoryUnit.Of(range.Test);
        yield return Check.Needed(path + "test", range.Test != LaboratoryTest.Unspecified);
        yield return range.Test != LaboratoryTest.Unspecified && range.Unit != unit
            ? Check.Hard("F04", path + "unit", $"Give the limits in {unit}.", $"请以{unit}为单位填写。")
            : null;
        yield return Check.Range(path + "age_from_years", range.HasAgeFromYears ? range.AgeFromYears : null, (0, 130));
        yield return Check.Range(path + "age_to_years", range.HasAgeToYears ? range.AgeToYears : null, (0, 130));
        yield return range is { HasAgeFromYears: true, HasAgeToYears: true } && range.AgeToYears < range.AgeFromYears
            ? Check.Hard("F02", path + "age_to_years", "The oldest age is below the youngest.", "年龄上限低于下限。")
            : null;
        yield return Check.Needed(path + "high", range.HasLow || range.HasHigh);
        yield return Check.Range(path + "low", range.HasLow ? range.Low : null, (0, 1_000_000));
        yield return Check.Range(path + "high", range.HasHigh ? range.High : null, (0, 1_000_000));
        yield return WireNumber.Find(range.HasHigh, range.High) < WireNumber.Find(range.HasLow, range.Low)
            ? Check.Hard("F02", path + "high", "The upper limit is below the lower.", "上限低于下限。")
            : null;
        yield return Check.Needed(path + "valid_from_date", range.ValidFromDate.Length > 0);
        yield return Check.Date(path + "valid_from_date", range.ValidFromDate, out var from);
        yield return Check.Date(path + "valid_to_date", range.ValidToDate, out var to);
        yield return to < from ? Check.Hard("E10", path + "valid_to_date", "End date is before start date.", "结束日期早于开始日期。") : null;
    }

    private static bool Overlap(LaboratoryRange one, LaboratoryRange other) =>
        one.Test == other.Test
        && (one.Sex == other.Sex || one.Sex == RangeSex.Unspecified || other.Sex == RangeSex.Unspecified)
        && Youngest(one) <= Oldest(other) && Youngest(other) <= Oldest(one)
        && CivilDate.Find(one.ValidFromDate) is { } from && CivilDate.Find(other.ValidFromDate) is { } otherFrom
        && from <= (CivilDate.Find(other.ValidToDate) ?? DateOnly.MaxValue) && otherFrom <= (CivilDate.Find(one.ValidToDate) ?? DateOnly.MaxValue);

    private static int Youngest(LaboratoryRange range) => range.HasAgeFromYears ? range.AgeFromYears : 0;

    private static int Oldest(LaboratoryRange range) => range.HasAgeToYears ? range.AgeToYears : int.MaxValue;
}
