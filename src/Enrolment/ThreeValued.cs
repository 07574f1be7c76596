using Equecel.Common.V1;

namespace Equecel.Enrolment;

/// <summary>Yes, no and unknown. In code unknown is null, and <c>&amp;</c> and <c>|</c> do what logic says.</summary>
internal static class ThreeValued
{
    /// <summary>As it is on the wire.</summary>
    /// <param name="value">The value; null for unknown.</param>
    public static YesNoUnknown ToV1(bool? value) => value switch
    {
        true => YesNoUnknown.Yes,
        false => YesNoUnknown.No,
        null => YesNoUnknown.Unknown,
    };

    /// <summary>Yes with any yes, no when all are no, otherwise unknown. No of nothing.</summary>
    /// <param name="values">The values.</param>
    public static bool? Any(IEnumerable<bool?> values) => values.Aggregate((bool?)false, (any, value) => any | value);

    /// <summary>Whether so many are yes: unknown while it depends on those that are unknown.</summary>
    /// <param name="values">The values.</param>
    /// <param name="count">How many.</param>
    public static bool? AtLeast(IEnumerable<bool?> values, int count)
    {
        var (yes, unknown) = (0, 0);
        foreach (var value in values)
        {
            yes += value == true ? 1 : 0;
            unknown += value is null ? 1 : 0;
        }

        return yes >= count ? true : yes + unknown < count ? false : null;
    }
}
