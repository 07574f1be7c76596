using Equecel.Assessment.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;
using static Equecel.Assessment.V1.DiseaseAssessment.Types;

namespace Equecel.Assessment.DiseaseAssessments;

/// <summary>Edit checks of the plasmacytomas.</summary>
internal static class PlasmacytomaChecks
{
    private const int Most = 50;

    /// <summary>Finds everything that is wrong or unusual.</summary>
    /// <param name="form">The form.</param>
    public static IEnumerable<Finding?> Run(DiseaseAssessment form)
    {
        yield return Check.Count("plasmacytomas", form.Plasmacytomas, Most);
        var seen = new HashSet<string>();
        foreach (var (i, lesion) in form.Plasmacytomas.Take(Most).Index())
        {
            var path = $"plasmacytomas[{i}]";
            yield return !string.IsNullOrWhiteSpace(lesion.LesionId) && !seen.Add(lesion.LesionId)
                ? Check.Hard("F04", $"{path}.lesion_id", "Name each lesion once.", "每个病灶只填一次。")
                : null;
            foreach (var finding in Lesion(path, lesion))
            {
                yield return finding;
            }
        }
    }

    private static IEnumerable<Finding?> Lesion(string path, Plasmacytoma lesion)
    {
        yield return Check.Needed($"{path}.lesion_id", !string.IsNullOrWhiteSpace(lesion.LesionId));
        yield return Check.Text($"{path}.lesion_id", lesion.LesionId, 20);
        yield return Check.Text($"{path}.location", lesion.Location, 100);
        yield return Check.Needed($"{path}.long_diameter_mm", lesion.HasLongDiameterMm);
        yield return Check.Needed($"{path}.short_axis_mm", lesion.HasShortAxisMm);
        yield return Check.Needed($"{path}.method", lesion.Method != ImagingMethod.Unspecified);
        yield return Possible($"{path}.long_diameter_mm", "Long diameter", "长径", lesion.LongDiameterMm);
        yield return Possible($"{path}.short_axis_mm", "Short axis", "短径", lesion.ShortAxisMm);
        yield return lesion is { HasLongDiameterMm: true, HasShortAxisMm: true } && lesion.ShortAxisMm > lesion.LongDiameterMm
            ? Check.Hard("A20", $"{path}.short_axis_mm", "Short axis cannot exceed long diameter.", "短径不能大于长径。")
            : null;
    }

    private static Finding? Possible(string field, string name, string nameZh, double mm) => double.IsFinite(mm) && mm is < 0 or > 400
        ? Check.Hard("A01", field, $"{name} {mm:R} mm is not possible; check unit. Give 0 to 400.", $"{nameZh}数值{mm:R}mm超出可能范围，请检查单位（0至400）。")
        : null;
}
