using Equecel.Records.Forms;
using Equecel.Records.V1;
using Equecel.Safety.Shared;
using Equecel.Safety.V1;

namespace Equecel.Safety.Toxicities;

/// <summary>Edit checks of the findings of CRS and ICANS, in a daily record or an adverse event.</summary>
internal static class FindingsChecks
{
    /// <summary>What is missing among the findings of CRS.</summary>
    /// <param name="crs">The findings.</param>
    /// <param name="context">The form's context.</param>
    /// <param name="needsFever">Whether no temperature says it.</param>
    public static IEnumerable<Finding?> Crs(CrsFindings crs, FormContext context, bool needsFever)
    {
        yield return needsFever ? Lists.InnerRequired(context, "crs.fever", crs.HasFever) : null;
        yield return Lists.InnerRequired(context, "crs.fever_masked", crs.HasFeverMasked);
        yield return Lists.InnerRequired(context, "crs.hypotension", crs.Hypotension != Hypotension.Unspecified);
        yield return Lists.InnerRequired(context, "crs.oxygen", crs.Oxygen != Oxygen.Unspecified);
    }

    /// <summary>What is missing or wrong among the findings of ICANS.</summary>
    /// <param name="icans">The findings.</param>
    /// <param name="context">The form's context.</param>
    public static IEnumerable<Finding?> Icans(IcansFindings icans, FormContext context) => new[]
    {
        Lists.InnerRequired(context, "icans.consciousness", icans.Consciousness != Consciousness.Unspecified),
        Lists.InnerRequired(context, "icans.seizure", icans.Seizure != Seizure.Unspecified),
        Lists.InnerRequired(context, "icans.motor_weakness", icans.MotorWeakness != MotorWeakness.Unspecified),
        Lists.InnerRequired(context, "icans.cerebral_oedema", icans.CerebralOedema != CerebralOedema.Unspecified),
    }.Concat(Ice(icans));

    /// <summary>S18: the ICE score.</summary>
    private static IEnumerable<Finding?> Ice(IcansFindings icans)
    {
        var points = IceScore.Points(icans.Ice);
        foreach (var (field, point) in points)
        {
            yield return point is not (null or 0 or 1) || (icans.IceUnable && point == 1) ? Mismatch($"icans.ice.{field}") : null;
        }

        var given = points.Count(item => item.Point is not null);
        yield return given > 0 && given < points.Count && !icans.IceUnable
            ? Check.Hard("F01", "icans.ice", "Give all ten points of the ICE score, or none.", "ICE评分须填写全部十项，或全部不填。")
            : null;
        yield return icans.HasIceTotal && (icans.IceTotal is < 0 or > 10 || (IceScore.Compute(icans) is { } sum && sum != icans.IceTotal))
            ? Mismatch("icans.ice_total")
            : null;
    }

    private static Finding Mismatch(string field) => Check.Hard("S18", field, "ICE total does not match items.", "ICE总分与各项不符。");
}
