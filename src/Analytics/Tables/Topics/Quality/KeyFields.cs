using Equecel.Analytics.Cohort;
using Equecel.Assessment.V1;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Questionnaire.V1;
using Equecel.Safety.V1;
using Equecel.StudyRules;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Equecel.Analytics.Tables.Topics.Quality;

/// <summary>Fields that endpoints and derivations need, of the forms that are there: how many are filled in.</summary>
internal static class KeyFields
{
    private const int QlqC30Items = 30;
    private const int Eq5dItems = 5;

    private static readonly Kind[] Kinds =
    [
        new("participation", "Participation", "入组", form => form is Participation ? ["birth_year_month", "sex", "height_cm", "body_mass_kg", "ecog"] : null),
        new("myeloma-history", "Myeloma history", "骨髓瘤病史", form => form is MyelomaHistory
            ? ["diagnosis_date", "heavy_chain", "light_chain", "extramedullary", "diagnosis_beta2_microglobulin_mg_per_l", "diagnosis_albumin_g_per_l", "diagnosis_ldh_u_per_l"] : null),
        new("prior-line", "Prior line", "既往治疗", form => form is PriorLine ? ["start_date", "end_date", "best_response", "progressed"] : null),
        new("infusion", "Infusion", "回输", form => form is Infusion ? ["start_time", "end_time", "batch_number", "dose_million_cells", "body_mass_kg", "setting"] : null),
        new("disease-assessment", "Disease assessment", "疾病评估", form => form is DiseaseAssessment one
            ? [.. RequiredTests.Of(one), .. one.Visit.IsBeforeInfusion() ? Array.Empty<string>() : ["investigator_response"]] : null),
        new("death", "Death", "死亡", form => form is Death ? ["death_date", "primary_cause", "causality", "autopsy"] : null),
    ];

    /// <summary>Defines the rows.</summary>
    /// <param name="sheet">The table.</param>
    public static void Define(Sheet sheet)
    {
        sheet.Row(Rows.Heading("fields", "Key fields that are filled in", "关键字段完整率"));
        sheet.Row(Rows.ShareOfThings("fields/all", "All", "全部", 1));
        foreach (var kind in Kinds)
        {
            sheet.Row(Rows.ShareOfThings($"fields/{kind.Key}", kind.Label, kind.LabelZh, 1));
        }

        sheet.Row(Rows.ShareOfThings("fields/qlq-c30", "QLQ-C30 items", "QLQ-C30条目", 1));
        sheet.Row(Rows.ShareOfThings("fields/eq-5d", "EQ-5D items and EQ VAS", "EQ-5D条目及EQ VAS", 1));
    }

    /// <summary>Adds a participant.</summary>
    /// <param name="sheet">The table, at this participant.</param>
    /// <param name="subject">The participant.</param>
    public static void Add(Sheet sheet, Subject subject)
    {
        foreach (var record in subject.Dossier.Records)
        {
            if (ClinicalDate.Of(record.Form) is { } date && !subject.HadHappened(date))
            {
                continue;
            }

            var (key, filled, of, words) = Read(record.Form);
            if (of > 0)
            {
                sheet["fields/all"].CountOf(filled, of, words, [record]);
                sheet[$"fields/{key}"].CountOf(filled, of, words, [record]);
            }
        }
    }

    private static (string Key, int Filled, int Of, string Words) Read(IMessage form)
    {
        switch (form)
        {
            case QlqC30 { NotDoneReason: MissingReason.Unspecified } one:
                return ("qlq-c30", one.Answers.Count, QlqC30Items, $"QLQ-C30: {one.Answers.Count} of {QlqC30Items}");
            case Eq5d5l { NotDoneReason: MissingReason.Unspecified } one:
                return Eq5d(one.Answers.Count, one.HasVasScore);
            case Eq5d3l { NotDoneReason: MissingReason.Unspecified } one:
                return Eq5d(one.Answers.Count, one.HasVasScore);
        }

        foreach (var kind in Kinds)
        {
            if (kind.Fields(form) is { } fields)
            {
                var empty = fields.Where(field => !IsFilled(form, form.Descriptor.FindFieldByName(field))).ToList();
                return (kind.Key, fields.Length - empty.Count, fields.Length, empty.Count == 0 ? $"{kind.Label}: all" : $"{kind.Label}: without {string.Join(", ", empty)}");
            }
        }

        return ("", 0, 0, "");
    }

    private static (string Key, int Filled, int Of, string Words) Eq5d(int answers, bool hasVas)
    {
        var filled = answers + (hasVas ? 1 : 0);
        return ("eq-5d", filled, Eq5dItems + 1, $"EQ-5D: {filled} of {Eq5dItems + 1}");
    }

    private static bool IsFilled(IMessage form, FieldDescriptor field) => field.HasPresence
        ? field.Accessor.HasValue(form)
        : field.Accessor.GetValue(form) is var value && (value is string text ? text.Length > 0 : Convert.ToInt32(value, null) != 0);

    /// <summary>A form, and its key fields; null for another form.</summary>
    private sealed record Kind(string Key, string Label, string LabelZh, Func<IMessage, string[]?> Fields);
}
