using Equecel.Common.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;
using Equecel.Safety.Shared;
using static Equecel.Safety.V1.SecondaryMalignancy.Types;

namespace Equecel.Safety.SecondaryMalignancies;

/// <summary>Edit checks of a sample of a second cancer. Its dates may lie after the death.</summary>
internal static class SampleChecks
{
    private const int MostTests = 50;
    private const int DaysBeforeDiagnosis = 90;

    /// <summary>Finds everything that is wrong or unusual.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="path">Prefix of its fields.</param>
    /// <param name="diagnosis">The days that the diagnosis can have been on.</param>
    /// <param name="context">The form's context.</param>
    public static IEnumerable<Finding?> Run(Sample sample, string path, (DateOnly Earliest, DateOnly Latest)? diagnosis, FormContext context)
    {
        yield return Check.Needed(path + "type", sample.Type != SampleType.Unspecified);
        yield return Lists.InnerRequired(context, path + "form", sample.Form != SampleForm.Unspecified);
        yield return Lists.InnerRequired(context, path + "quantity", sample.HasQuantity);
        yield return Check.Range(path + "quantity", sample.HasQuantity ? sample.Quantity : null, (1, 100));
        yield return Lists.InnerRequired(context, path + "consented", sample.HasConsented);
        yield return Lists.InnerRequired(context, path + "collection_date", sample.CollectionDate.Length > 0);
        foreach (var finding in Dates(sample, path, diagnosis, context))
        {
            yield return finding;
        }

        yield return Lists.NeededText(path + "laboratory", sample.ShipmentDate.Length > 0 && context.Origin == DataOrigin.Prospective, sample.Laboratory, 200);
        yield return (sample.ShipmentDate.Length > 0 || sample.Tests.Count > 0) && !IsConsented(sample, context)
            ? Check.Hard("S22", path + "consented", "No consent for sample use.", "未获样本使用同意。")
            : null;
        yield return Check.Count(path + "tests", sample.Tests, MostTests);
        foreach (var finding in sample.Tests.Take(MostTests).Index().SelectMany(test => Test(test.Item, $"{path}tests[{test.Index}].", sample, context)))
        {
            yield return finding;
        }
    }

    private static IEnumerable<Finding?> Dates(Sample sample, string path, (DateOnly Earliest, DateOnly Latest)? diagnosis, FormContext context)
    {
        DateOnly? before = null;
        foreach (var (name, text) in new[]
        {
            ("collection_date", sample.CollectionDate), ("shipment_date", sample.ShipmentDate), ("receipt_date", sample.ReceiptDate),
        })
        {
            yield return Check.Date(path + name, text, out var date);
            yield return Check.NotInFuture(context, path + name, date);
            yield return date < before
                ? Check.Hard("E10", path + name, "A sample is collected, then shipped, then received. Correct the dates.", "样本日期应依次为采集、寄出、接收，请更正。")
                : null;
            before = date ?? before;
        }

        yield return CivilDate.Find(sample.CollectionDate) < diagnosis?.Earliest.AddDays(-DaysBeforeDiagnosis)
            ? Check.Query("E05", path + "collection_date",
                $"Unusual collection_date; please confirm. It is more than {DaysBeforeDiagnosis} days before the diagnosis.", $"collection_date数值异常，请核实。早于诊断超过{DaysBeforeDiagnosis}天。")
            : null;
        yield return sample.ReceiptDate.Length > 0 && sample.ShipmentDate.Length == 0
            ? Check.Needed(path + "shipment_date", given: false)
            : null;
    }

    private static IEnumerable<Finding?> Test(SampleTest test, string path, Sample sample, FormContext context)
    {
        yield return Check.Needed(path + "kind", test.Kind != TestKind.Unspecified);
        yield return Lists.NeededText(path + "text", test.Kind == TestKind.Other, test.Text, 200);
        yield return Check.Needed(path + "result", test.Result != TestResult.Unspecified);
        yield return Check.Range(path + "copies_per_ug_dna", test.HasCopiesPerUgDna ? test.CopiesPerUgDna : null, (0, 1_000_000_000));
        yield return Check.Date(path + "result_date", test.ResultDate, out var date);
        yield return Check.NotInFuture(context, path + "result_date", date);
        yield return test.Result is not (TestResult.Unspecified or TestResult.Pending) ? Lists.InnerRequired(context, path + "result_date", test.ResultDate.Length > 0) : null;
        yield return date < CivilDate.Find(sample.CollectionDate)
            ? Check.Hard("E10", path + "result_date", "The result is dated before the sample.", "检测结果日期早于样本采集。")
            : null;
    }

    // The participant's consent and the one for this sample both count.
    private static bool IsConsented(Sample sample, FormContext context) =>
        sample is { HasConsented: true, Consented: true } && (context.Facts is null || context.Facts.ConsentHgrSamples == YesNoUnknown.Yes);
}
