using System.Globalization;
using Equecel.Analytics.Cohort;
using Equecel.Analytics.Derivation;
using Equecel.Analytics.Dossiers;
using Equecel.Assessment.V1;
using Measure = Equecel.Analytics.V1.Table.Types.Measure;

namespace Equecel.Analytics.Tables.Topics;

/// <summary>Laboratory cytopenias: the worst grade of each blood count in four weeks at a time, by the grade at baseline.</summary>
/// <remarks>Clinical domain reference, section 3.7.</remarks>
internal sealed class Cytopenia : Topic
{
    private static readonly (int First, int Last)[] Periods = [(0, 28), (29, 56), (57, 84), (85, 112), (113, 140), (141, 168)];

    private static readonly (BloodCount Count, string Key, string Label, string LabelZh, Func<DiseaseAssessment, double?> Value)[] Counts =
    [
        (BloodCount.Haemoglobin, "haemoglobin", "Haemoglobin", "血红蛋白", form => form.HasHaemoglobinGPerL ? form.HaemoglobinGPerL : null),
        (BloodCount.Neutrophils, "neutrophils", "Neutrophils", "中性粒细胞", form => form.HasNeutrophilsE9PerL ? form.NeutrophilsE9PerL : null),
        (BloodCount.Lymphocytes, "lymphocytes", "Lymphocytes", "淋巴细胞", form => form.HasLymphocytesE9PerL ? form.LymphocytesE9PerL : null),
        (BloodCount.Platelets, "platelets", "Platelets", "血小板", form => form.HasPlateletsE9PerL ? form.PlateletsE9PerL : null),
    ];

    private static readonly IReadOnlyList<RowDefinition> Definitions = [.. Define()];

    /// <inheritdoc/>
    public override V1.Topic Name => V1.Topic.Cytopenia;

    /// <inheritdoc/>
    public override (string En, string Zh) Title => ("Laboratory cytopenias: worst grade by grade at baseline", "实验室血细胞减少（最高分级较基线的变化）");

    /// <inheritdoc/>
    public override (string En, string Zh) Method(TableQuestion question) => (
        $"Blood counts of the assessments, graded by {CytopeniaGrade.Criteria}; grade 1 and none are one, as the laboratory's limit is not known, and haemoglobin has no grade 4; "
        + "baseline: the last value up to the day of infusion; worst: the lowest value of the days after infusion that are named; of all infused, measured in that time or not",
        $"疗效评估中的血细胞计数，按{CytopeniaGrade.Criteria}分级；因实验室正常值下限未知，1级与无异常合为一类，血红蛋白无4级；"
        + "基线：回输当日及以前的末次值；最高分级：所示回输后各天内的最低值；以全部回输受试者为分母，无论该时段内是否检测");

    /// <inheritdoc/>
    public override void Define(Sheet sheet, TableQuestion question)
    {
        foreach (var definition in Definitions)
        {
            sheet.Row(definition);
        }
    }

    /// <inheritdoc/>
    public override void Add(Sheet sheet, Subject subject, TableQuestion question)
    {
        foreach (var (count, countKey, _, _, valueOf) in Counts)
        {
            var values = Find(subject, count, valueOf).OrderBy(value => value.Date).ToList();
            var baseline = BaselineValue.Find(values, value => value.Date, subject.InfusionDate);
            foreach (var (first, last) in Periods)
            {
                // A value of the day of infusion is the baseline.
                var after = values.Where(value => value.Date > subject.InfusionDate && value.Date >= subject.InfusionDate.AddDays(first) && value.Date <= subject.InfusionDate.AddDays(last));
                if (after.MinBy(value => value.Value) is { } worst)
                {
                    Count(sheet, subject, KeyOf(countKey, first, last), baseline, worst);
                }
            }
        }
    }

    /// <inheritdoc/>
    public override void Finish(Sheet sheet)
    {
        // Grades at baseline are met in any order: they come below the worst grade, in theirs.
        var place = sheet.Rows.Where(row => row.Definition.Level < 3).Select((row, i) => (row.Definition.Key, i)).ToDictionary(one => one.Key, one => one.i, StringComparer.Ordinal);
        sheet.Sort(row => row.Definition.Level < 3
            ? (place[row.Definition.Key], "")
            : (place[row.Definition.Key[..row.Definition.Key.LastIndexOf('/')]], row.Definition.Key));
    }

    private static IEnumerable<RowDefinition> Define()
    {
        foreach (var (count, countKey, label, labelZh, _) in Counts)
        {
            yield return Rows.Heading(countKey, label, labelZh);
            foreach (var (first, last) in Periods)
            {
                var key = KeyOf(countKey, first, last);
                yield return new RowDefinition(key, $"{first} to {last} days after infusion", $"回输后{first}–{last}天", Measure.Unspecified, "", 1);
                yield return Rows.Share($"{key}/measured", "Measured", "已检测", 2);
                for (var grade = CytopeniaGrade.Mildest; grade <= CytopeniaGrade.Highest(count); grade++)
                {
                    yield return Rows.Share($"{key}/{KeyOf(grade)}", $"Worst grade {InWords(grade)}", $"最高{InWords(grade)}级", 2);
                }
            }
        }
    }

    private static void Count(Sheet sheet, Subject subject, string key, Measured? baseline, Measured worst)
    {
        var words = $"{InWords(worst, subject)}; baseline {(baseline is null ? "not known" : InWords(baseline, subject))}";
        DossierRecord[] sources = baseline is null ? [worst.Record] : [worst.Record, baseline.Record];
        sheet[$"{key}/measured"].Count(words, sources);
        var row = sheet[$"{key}/{KeyOf(worst.Grade)}"];
        row.Count(words, sources);
        sheet.Row(baseline is null
            ? Rows.Share($"{row.Definition.Key}/from-not-known", "Not known at baseline", "基线不详", 3)
            : Rows.Share($"{row.Definition.Key}/from-{KeyOf(baseline.Grade)}", $"Grade {InWords(baseline.Grade)} at baseline", $"基线{InWords(baseline.Grade)}级", 3)).Count(words, sources);
    }

    private static IEnumerable<Measured> Find(Subject subject, BloodCount count, Func<DiseaseAssessment, double?> valueOf)
    {
        foreach (var (form, record) in subject.Dossier.All<DiseaseAssessment>())
        {
            if (PartialDate.FindDay(form.HasBloodDate ? form.BloodDate : form.ResponseDate) is { } date && subject.HadHappened(date)
                && valueOf(form) is { } value && CytopeniaGrade.Of(count, value) is { } grade)
            {
                yield return new Measured(date, value, grade, record);
            }
        }
    }

    private static string KeyOf(string count, int first, int last) => $"{count}/day-{first}-{last}";

    private static string KeyOf(int grade) => grade == CytopeniaGrade.Mildest ? "grade-0-1" : $"grade-{grade}";

    private static string InWords(int grade) => grade == CytopeniaGrade.Mildest ? "0–1" : $"{grade}";

    private static string InWords(Measured value, Subject subject) =>
        $"{value.Value.ToString("0.###", CultureInfo.InvariantCulture)} on {subject.DayInWords(value.Date)}, grade {InWords(value.Grade)}";

    private sealed record Measured(DateOnly Date, double Value, int Grade, DossierRecord Record);
}
