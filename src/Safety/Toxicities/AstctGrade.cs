using Equecel.Common.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;

namespace Equecel.Safety.Toxicities;

/// <summary>S15: a reported grade that is not the one that the findings give.</summary>
internal static class AstctGrade
{
    /// <summary>Refused in a prospective record, unless somebody stands by it and says why; otherwise asked.</summary>
    /// <param name="field">Field of the reported grade.</param>
    /// <param name="computed">The computed grade.</param>
    /// <param name="reported">The reported grade.</param>
    /// <param name="overrideReason">Why it differs; empty when not said.</param>
    /// <param name="origin">Where the form's data come from.</param>
    public static Finding Differs(string field, int computed, int reported, string overrideReason, DataOrigin origin)
    {
        var (message, messageZh) = ($"Entered findings give grade {computed}, not {reported}.", $"所填表现对应{computed}级，与{reported}级不符。");
        return origin == DataOrigin.Prospective && string.IsNullOrWhiteSpace(overrideReason)
            ? Check.Hard("S15", field, message + " Correct one of the two, or give an override_reason.", messageZh + "请更正，或填写override_reason。")
            : Check.Query("S15", field, message, messageZh);
    }
}
