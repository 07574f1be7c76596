using Equecel.Analytics.Cohort;
using Equecel.Assessment.V1;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Questionnaire.V1;
using Equecel.Safety.V1;
using Google.Protobuf;

namespace Equecel.Analytics.Tables.Topics.Quality;

/// <summary>Days from what happened to its first save. An archive has none: it was written down long after.</summary>
internal static class EntryLag
{
    private static readonly (string Key, string Label, string LabelZh, Func<IMessage, bool> Is)[] Kinds =
    [
        ("infusion", "Infusion", "回输", form => form is Infusion),
        ("disease-assessment", "Disease assessment", "疾病评估", form => form is DiseaseAssessment),
        ("questionnaire", "Questionnaire", "问卷", form => form is QlqC30 or Eq5d5l or Eq5d3l),
        ("adverse-event", "Adverse event", "不良事件", form => form is AdverseEvent),
        ("hospital-stay", "Hospital stay", "住院", form => form is HospitalStay),
        ("death", "Death", "死亡", form => form is Death),
        ("follow-up", "Follow-up", "随访", form => form is FollowUp),
    ];

    /// <summary>Defines the rows.</summary>
    /// <param name="sheet">The table.</param>
    public static void Define(Sheet sheet)
    {
        sheet.Row(Rows.Heading("lag", "From event to entry", "事件至录入"));
        sheet.Row(Rows.Summary("lag/all", "All forms with a clinical date", "全部有临床日期的表单", "days", 1));
        foreach (var (key, label, labelZh, _) in Kinds)
        {
            sheet.Row(Rows.Summary($"lag/{key}", label, labelZh, "days", 1));
        }
    }

    /// <summary>Adds a participant.</summary>
    /// <param name="sheet">The table, at this participant.</param>
    /// <param name="subject">The participant.</param>
    public static void Add(Sheet sheet, Subject subject)
    {
        foreach (var record in subject.Dossier.Records.Where(record => record.Origin == DataOrigin.Prospective))
        {
            if (ClinicalDate.Of(record.Form) is not { } happened || !subject.HadHappened(happened))
            {
                continue;
            }

            var days = DateOnly.FromDateTime(record.FirstSaveTime.UtcDateTime.AddHours(8)).DayNumber - happened.DayNumber;
            var words = $"{record.Kind} {days} days";
            sheet["lag/all"].Add(days, words, [record]);
            foreach (var (key, _, _, _) in Kinds.Where(kind => kind.Is(record.Form)))
            {
                sheet[$"lag/{key}"].Add(days, words, [record]);
            }
        }
    }
}
