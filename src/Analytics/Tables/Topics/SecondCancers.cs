using Equecel.Analytics.Cohort;
using Equecel.Analytics.Derivation;
using Equecel.Safety.V1;
using Category = Equecel.Safety.V1.SecondaryMalignancy.Types.Category;
using Measure = Equecel.Analytics.V1.Table.Types.Measure;

namespace Equecel.Analytics.Tables.Topics;

/// <summary>Second cancers, and what became of their samples.</summary>
/// <remarks>Clinical domain reference, section 3.10; the rate is per 100 person-months as in the analysis plan.</remarks>
internal sealed class SecondCancers : Topic
{
    private static readonly (Category Category, string Key, string Label, string LabelZh)[] Categories =
    [
        (Category.Solid, "solid", "Solid tumour", "实体瘤"),
        (Category.Myeloid, "myeloid", "Myeloid (MDS, AML)", "髓系（MDS、AML）"),
        (Category.TCell, "t-cell", "T cell", "T细胞"),
        (Category.OtherHaematological, "other-haematological", "Other haematological", "其他血液系统"),
        (Category.NonMelanomaSkin, "skin", "Skin, other than melanoma", "非黑色素瘤皮肤癌"),
    ];

    /// <inheritdoc/>
    public override V1.Topic Name => V1.Topic.SecondCancers;

    /// <inheritdoc/>
    public override (string En, string Zh) Title => ("Second primary cancers", "第二原发恶性肿瘤");

    /// <inheritdoc/>
    public override (string En, string Zh) Method(TableQuestion question) => (
        "Second cancers diagnosed after infusion, of all infused, without end; rate per 100 person-months from infusion to the first second cancer or the end of observation, exact Poisson",
        "全部回输受试者中回输后诊断的第二原发恶性肿瘤，不设期限；率为每100人月，自回输至首个第二原发恶性肿瘤或观察结束，精确Poisson区间");

    /// <inheritdoc/>
    public override void Define(Sheet sheet, TableQuestion question)
    {
        sheet.Row(Rows.Share("any", "Any second cancer", "任何第二原发恶性肿瘤"));
        sheet.Row(new RowDefinition("rate", "Rate", "发生率", Measure.Rate, "per 100 person-months"));
        sheet.Row(Rows.Summary("latency", "From infusion to diagnosis", "回输至诊断时间", "days"));
        Rows.Define(sheet, Rows.Heading("category", "Category", "类别"), Categories.Select(one => (one.Key, one.Label, one.LabelZh)));
        Rows.Define(
            sheet, Rows.Heading("sample", "Tissue samples", "组织样本"),
            [("taken", "Sample taken", "已取样"), ("transgene-positive", "CAR transgene found", "检出CAR转基因"), ("transgene-negative", "CAR transgene not found", "未检出CAR转基因")]);
    }

    /// <inheritdoc/>
    public override void Add(Sheet sheet, Subject subject, TableQuestion question)
    {
        var cancers = (
            from found in subject.Dossier.All<SecondaryMalignancy>()
            let date = PartialDate.Find(found.Form.DiagnosisDate)
            where date is not null
            let day = OnsetDate.Complete(date.Value, subject.InfusionDate).Date
            where day >= subject.InfusionDate && subject.HadHappened(day)
            orderby day
            select (found.Form, found.Record, Day: day)).ToList();
        var observed = ObservedTime.ToFirst(subject.Course!, cancers.Select(one => one.Day), windowDays: 36_525);
        sheet["rate"].Expose(observed.Days, cancers.Take(1).Select(one => one.Record).Concat(subject.ObservationRecords));

        foreach (var (form, record, day) in cancers)
        {
            var category = Array.Find(Categories, one => one.Category == form.Category);
            var words = $"{(category.Label ?? "unknown category").ToLowerInvariant()}, {subject.DayInWords(day)}";
            sheet["any"].Count(words, [record]);
            if (category.Key is { } key)
            {
                sheet[$"category/{key}"].Count(words, [record]);
            }

            if (day == cancers[0].Day && observed.EventCount > 0)
            {
                sheet["rate"].Count(words, [record], record == cancers[0].Record ? 1 : 0);
                sheet["latency"].Add(day.DayNumber - subject.InfusionDate.DayNumber, words, [record]);
            }

            var samples = form.Samples.Where(sample => subject.HadHappened(sample.CollectionDate)).ToList();
            if (form.SampleTaken && (samples.Count > 0 || form.Samples.Count == 0))
            {
                sheet["sample/taken"].Count(words, [record]);
            }

            var tests = samples.SelectMany(sample => sample.Tests).Where(test => test.Kind == SecondaryMalignancy.Types.TestKind.CarTransgene && subject.HadHappened(test.ResultDate)).ToList();
            if (tests.Exists(test => test.Result == SecondaryMalignancy.Types.TestResult.Positive))
            {
                sheet["sample/transgene-positive"].Count(words, [record]);
            }
            else if (tests.Exists(test => test.Result == SecondaryMalignancy.Types.TestResult.Negative))
            {
                sheet["sample/transgene-negative"].Count(words, [record]);
            }
        }
    }
}
