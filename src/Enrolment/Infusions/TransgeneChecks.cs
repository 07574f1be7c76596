using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;

namespace Equecel.Enrolment.Infusions;

/// <summary>Edit checks of the transgene in the blood.</summary>
internal static class TransgeneChecks
{
    private const int MostSamples = 100;

    /// <summary>Finds everything that is wrong or unusual.</summary>
    /// <param name="form">The form.</param>
    /// <param name="context">Its context.</param>
    public static IEnumerable<Finding?> Run(Infusion form, FormContext context)
    {
        yield return Check.Count("car_transgenes", form.CarTransgenes, MostSamples);
        foreach (var (i, sample) in form.CarTransgenes.Take(MostSamples).Index())
        {
            var path = $"car_transgenes[{i}].";
            yield return Check.Needed(path + "sample_date", sample.SampleDate.Length > 0);
            yield return Check.Date(path + "sample_date", sample.SampleDate, out var day);
            foreach (var finding in JourneyDates.OnTime(context, path + "sample_date", day))
            {
                yield return finding;
            }

            yield return day < CivilDate.FindInChina(form.StartTime)
                ? Check.Hard("E10", path + "sample_date", "The sample is dated before the infusion.", "样本日期早于回输。")
                : null;
            yield return Check.Needed(path + "copies_per_ug_dna", sample.HasCopiesPerUgDna || sample.HasPercentOfTCells);
            yield return Check.Range(path + "copies_per_ug_dna", sample.HasCopiesPerUgDna ? sample.CopiesPerUgDna : null, (0, 100_000_000));
            yield return Check.Range(path + "percent_of_t_cells", sample.HasPercentOfTCells ? sample.PercentOfTCells : null, (0, 100));
        }
    }
}
