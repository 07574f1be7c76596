using Equecel.Safety.V1;
using static Equecel.Safety.V1.AdverseEvent.Types;

namespace Equecel.Safety.Toxicities;

/// <summary>Grades the forms that hold findings of CRS and ICANS.</summary>
internal static class GradeOf
{
    /// <summary>From this temperature on there is fever.</summary>
    public const decimal FeverCelsius = 38.0m;

    /// <summary>CRS grade of a day; null when a finding is not known.</summary>
    public static int? Crs(ToxicityDay day) => day.Crs is not { } crs ? null : CrsGrade.Compute(
        day.HasMaxTemperatureCelsius ? IsFever(day.MaxTemperatureCelsius) : Fever(crs), FeverMasked(crs), crs.Hypotension, crs.Oxygen);

    /// <summary>ICANS grade of a day; null when a domain is not known.</summary>
    public static int? Icans(ToxicityDay day) => day.Icans is { } icans ? IcansGrade.Compute(IceScore.Compute(icans), icans) : null;

    /// <summary>Grade of an event that is CRS or ICANS, from its own findings; null of another one, or when a finding is not known.</summary>
    public static int? Event(AdverseEvent form) => form.SpecialInterest switch
    {
        SpecialInterest.Crs when form.Crs is { } crs =>
            CrsGrade.Compute(Fever(crs), FeverMasked(crs), crs.Hypotension, crs.Oxygen, IsFatal(form)),
        SpecialInterest.Icans when form.Icans is { } icans => IcansGrade.Compute(IceScore.Compute(icans), icans, IsFatal(form)),
        _ => null,
    };

    private static bool IsFatal(AdverseEvent form) => form.Outcome == EventOutcome.Fatal;

    private static bool? Fever(CrsFindings crs) => crs.HasFever ? crs.Fever : null;

    private static bool? FeverMasked(CrsFindings crs) => crs.HasFeverMasked ? crs.FeverMasked : null;

    private static bool? IsFever(double celsius) => double.IsFinite(celsius) && Math.Abs(celsius) < 1000 ? (decimal)celsius >= FeverCelsius : null;
}
