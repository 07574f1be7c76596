using System.Globalization;
using Equecel.Assessment.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;
using Google.Protobuf.Reflection;
using static Equecel.Assessment.V1.DiseaseAssessment.Types;

namespace Equecel.Assessment.DiseaseAssessments;

/// <summary>Edit checks of the measurements: possible and usual values, and those that contradict one another.</summary>
internal static class LaboratoryChecks
{
    // No clinical value comes near; beyond it a number could not become a decimal.
    private const double Largest = 1e15;

    private static readonly (LaboratoryRange Range, FieldDescriptor Field)[] Ranges =
        [.. LaboratoryRange.All.Select(range => (range, DiseaseAssessment.Descriptor.FindFieldByName(range.Field)))];

    /// <summary>Finds everything that is wrong or unusual.</summary>
    /// <param name="form">The form.</param>
    public static IEnumerable<Finding?> Run(DiseaseAssessment form) => Ranges
        .Where(range => range.Field.Accessor.HasValue(form))
        .Select(range => InRange(range.Range, Convert.ToDouble(range.Field.Accessor.GetValue(form), CultureInfo.InvariantCulture)))
        .Concat(Contradictions(form));

    private static Finding? InRange(LaboratoryRange range, double value)
    {
        if (!double.IsFinite(value))
        {
            return null;
        }

        if (Math.Abs(value) > Largest || (decimal)value < range.Possible.Low || (decimal)value > range.Possible.High)
        {
            return Check.Hard("A01", range.Field,
                $"{range.Name} {value:R} {range.Unit} is not possible; check unit. Give {range.Possible.Low} to {range.Possible.High}.",
                $"{range.NameZh}数值{value:R}{range.Unit}超出可能范围，请检查单位（{range.Possible.Low}至{range.Possible.High}）。");
        }

        return range.Usual is { } usual && ((decimal)value < usual.Low || (decimal)value > usual.High)
            ? Check.Query("E05", range.Field, $"Unusual {range.Field}; please confirm.", $"{range.Field}数值异常，请核实。")
            : null;
    }

    private static IEnumerable<Finding?> Contradictions(DiseaseAssessment form)
    {
        yield return Conflict(
            "serum_m_protein_g_per_l", form.SerumImmunofixation, form.HasSerumMProteinGPerL && form.SerumMProteinGPerL > 0, form.SerumMProteinComparator);
        yield return Conflict(
            "urine_m_protein_mg_per_24h", form.UrineImmunofixation, form.HasUrineMProteinMgPer24H && form.UrineMProteinMgPer24H > 0, form.UrineMProteinComparator);
        yield return Ratio(form);
        yield return form is { HasUrineMProteinMgPer24H: true, HasUrineTotalProteinMgPer24H: true }
            && form.UrineMProteinMgPer24H > form.UrineTotalProteinMgPer24H
            ? Check.Query("A05", "urine_m_protein_mg_per_24h", "Urine M-protein exceeds total protein.", "尿M蛋白大于尿总蛋白。")
            : null;
        yield return form.HasMrdDetectionLimit && !(form.MrdDetectionLimit is > 0 and <= 0.01)
            ? Check.Hard("A01", "mrd_detection_limit",
                $"Detection limit {form.MrdDetectionLimit:R} is not possible; give a fraction of cells above 0, up to 0.01.",
                $"检测限数值{form.MrdDetectionLimit:R}超出可能范围，应大于0且不超过0.01。")
            : null;
        yield return form is { ClonalityMethod: ClonalityMethod.Immunohistochemistry, HasClonalityCellCount: true, ClonalityCellCount: < 100 }
            && form.MarrowClonality is CellSearch.Negative or CellSearch.Positive
            ? Check.Query("E05", "clonality_cell_count",
                "Unusual clonality_cell_count; please confirm. With fewer than 100 cells clonality counts as inadequate.",
                "clonality_cell_count数值异常，请核实。计数少于100个细胞时克隆性视为不可评价。")
            : null;
    }

    private static Finding? Conflict(string field, Immunofixation result, bool isQuantified, Comparator comparator) =>
        result == Immunofixation.Negative && isQuantified && comparator != Comparator.Less
            ? Check.Query("A03", field, "Immunofixation negative but M-protein quantified.", "免疫固定阴性但M蛋白有定量值。")
            : null;

    private static Finding? Ratio(DiseaseAssessment form)
    {
        if (form is not { HasLightChainRatio: true, HasKappaMgPerL: true, HasLambdaMgPerL: true }
            || form.KappaComparator != Comparator.Unspecified || form.LambdaComparator != Comparator.Unspecified
            || !(Math.Max(Math.Abs(form.LightChainRatio), Math.Max(Math.Abs(form.KappaMgPerL), Math.Abs(form.LambdaMgPerL))) < 1e9))
        {
            return null;
        }

        var (kappa, lambda) = ((decimal)form.KappaMgPerL, (decimal)form.LambdaMgPerL);
        return Math.Abs(((decimal)form.LightChainRatio * lambda) - kappa) > 0.05m * kappa
            ? Check.Query("A04", "light_chain_ratio", "FLC ratio does not match kappa/lambda.", "游离轻链比值与κ/λ不符。")
            : null;
    }
}
