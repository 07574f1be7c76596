using Equecel.Safety.V1;

namespace Equecel.Safety.Toxicities;

/// <summary>Adds up the ICE score of encephalopathy.</summary>
/// <remarks>Source: Lee et al., ASTCT consensus grading, Biol Blood Marrow Transplant 2019;25:625-638.</remarks>
public static class IceScore
{
    /// <summary>The ten points, by their fields.</summary>
    /// <param name="items">What was tried; null when the score was not taken.</param>
    /// <returns>1 or 0 each; null where it was not tried.</returns>
    public static IReadOnlyList<(string Field, int? Point)> Points(IceItems? items) => items is null
        ? []
        : [.. IceItems.Descriptor.Fields.InDeclarationOrder()
            .Select(field => (field.Name, field.Accessor.HasValue(items) ? (int?)(int)field.Accessor.GetValue(items) : null))];

    /// <summary>Adds the points up.</summary>
    /// <param name="findings">Findings with the points, or with a total alone.</param>
    /// <returns>0 (worst) to 10 (normal); null when the score was not taken whole.</returns>
    public static int? Compute(IcansFindings findings)
    {
        var points = Points(findings.Ice);
        return findings.IceUnable ? 0
            : points.Any(item => item.Point is not null) ? points.All(item => item.Point is not null) ? points.Sum(item => item.Point) : null
            : findings.HasIceTotal ? findings.IceTotal : null;
    }
}
