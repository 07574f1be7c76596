using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;
using static Equecel.Enrolment.V1.Cytogenetics.Types;

namespace Equecel.Enrolment.CytogeneticSamples;

/// <summary>Edit checks of the cytogenetics of one sample.</summary>
internal static class CytogeneticsChecks
{
    private const int MostResults = 20;

    /// <summary>Finds everything that is wrong or unusual.</summary>
    /// <param name="form">The form.</param>
    /// <param name="context">Its context.</param>
    public static IEnumerable<Finding?> Run(Cytogenetics form, FormContext context)
    {
        yield return Check.Required(context, "sample_date", form.SampleDate.Length > 0);
        yield return PartialDate.Check(context, "sample_date", form.SampleDate);
        var sampled = PartialDate.Find(form.SampleDate);
        yield return Check.BeforeWithdrawal(context, "sample_date", sampled?.Earliest);
        yield return sampled?.Earliest > CivilDate.Find(context.Facts?.InfusionDate ?? "")
            ? Check.Query("E05", "sample_date", "Unusual sample_date; please confirm. It is after the infusion.", "sample_date数值异常，请核实。样本日期晚于回输。")
            : null;
        yield return Check.Required(context, "method", form.Method != Method.Unspecified);
        yield return Check.Needed("results", form.Results.Count > 0);
        yield return Check.Count("results", form.Results, MostResults);
        var seen = new HashSet<Abnormality>();
        foreach (var (i, result) in form.Results.Take(MostResults).Index())
        {
            yield return !seen.Add(result.Abnormality) && result.Abnormality != Abnormality.Unspecified
                ? Check.Hard("F04", $"results[{i}].abnormality", $"{result.Abnormality} is given twice.", $"{result.Abnormality}重复。")
                : null;
            foreach (var finding in Row(form.Method, result, $"results[{i}]."))
            {
                yield return finding;
            }
        }
    }

    private static IEnumerable<Finding?> Row(Method method, Result result, string path)
    {
        yield return Check.Needed(path + "abnormality", result.Abnormality != Abnormality.Unspecified);
        yield return Check.Needed(path + "outcome", result.Outcome != Outcome.Unspecified);
        yield return Check.Range(path + "percent_cells", result.HasPercentCells ? result.PercentCells : null, (0, 100));
        yield return Check.Range(path + "copies_1q", result.HasCopies1Q ? result.Copies1Q : null, (2, 10));
        yield return result.Outcome == Outcome.Positive && method is Method.FishCd138 or Method.FishUnselected && !result.HasPercentCells
            ? Check.Query("E05", path + "percent_cells", "Give the share of plasma cells that have it.", "请填写阳性细胞比例。")
            : null;
        if (!result.HasCopies1Q)
        {
            yield break;
        }

        yield return result.Abnormality is not (Abnormality.Gain1Q21 or Abnormality.Amp1Q21)
            ? Check.Hard("F04", path + "copies_1q", "Copies are of 1q21 alone.", "拷贝数仅适用于1q21。")
            : (result.Abnormality, result.Outcome, result.Copies1Q) switch
            {
                (Abnormality.Gain1Q21, Outcome.Positive, not 3) or (Abnormality.Amp1Q21, Outcome.Positive, < 4)
                    or (Abnormality.Gain1Q21, Outcome.Negative, 3) or (Abnormality.Amp1Q21, Outcome.Negative, >= 4) =>
                    Check.Query("E05", path + "copies_1q", "Three copies are a gain, four or more an amplification; please confirm.", "3个拷贝为获得，≥4个为扩增，请核实。"),
                _ => null,
            };
    }
}
