using System.Globalization;
using Equecel.Common.V1;
using Equecel.Questionnaire.V1;

namespace Equecel.Analytics.Datasets.Tabulation;

/// <summary>The answer to an item of a questionnaire, or that there is none.</summary>
/// <param name="Subject">The participant.</param>
/// <param name="Instrument">Name of the questionnaire.</param>
/// <param name="TestCode">Code of the item.</param>
/// <param name="Test">Number of the item; its words are licensed.</param>
/// <param name="Answer">The answer; null when there is none.</param>
/// <param name="Reason">Why the questionnaire was not filled in; null when it was.</param>
/// <param name="Visit">The visit, as the site told it.</param>
/// <param name="Date">When.</param>
/// <param name="Number">Number of the row among the participant's, from 1.</param>
/// <param name="IsLastBeforeExposure">Whether it is the last answer to the item before the infusion.</param>
internal sealed record AnswerRow(
    DatasetSubject Subject, string Instrument, string TestCode, string Test, int? Answer, string? Reason, Visit Visit, string Date, int Number = 0, bool IsLastBeforeExposure = false) : IDatasetRow
{
    /// <summary>Where the whole questionnaire is meant.</summary>
    public const string All = "QSALL";

    /// <summary>The questionnaire's record.</summary>
    public Guid RecordId { get; init; }

    /// <summary>The answers of a participant by the cut-off. Numbers do not depend on it.</summary>
    /// <param name="subject">The participant.</param>
    public static IEnumerable<AnswerRow> Of(DatasetSubject subject)
    {
        var rows = subject.Dossier.Records.SelectMany(record => (record.Form switch
        {
            QlqC30 form => OfForm(subject, QlqName(form), "EOR01", 30, form.Answers, vas: null, form.NotDoneReason, form.Visit, form.CompletionDate),
            Eq5d5l form => OfForm(subject, "EQ-5D-5L", "EQ5D02", 5, form.Answers, (form.HasVasScore, form.VasScore), form.NotDoneReason, form.Visit, form.CompletionDate),
            Eq5d3l form => OfForm(subject, "EQ-5D-3L", "EQ5D01", 5, form.Answers, (form.HasVasScore, form.VasScore), form.NotDoneReason, form.Visit, form.CompletionDate),
            _ => [],
        }).Select(row => row with { RecordId = record.RecordId })).Select((row, i) => row with { Number = i + 1 }).Where(row => subject.HadHappened(row.Date)).ToList();
        var last = rows.Where(row => row.Answer is not null && Cohort.PartialDate.FindDay(row.Date) <= subject.TreatmentStart)
            .GroupBy(row => row.TestCode)
            .Select(item => item.MaxBy(row => (row.Date, row.Number))!.Number).ToHashSet();
        return rows.Select(row => row with { IsLastBeforeExposure = last.Contains(row.Number) });
    }

    private static string QlqName(QlqC30 form) =>
        form.InstrumentVersion.StartsWith('3') || !form.HasInstrumentVersion ? "EORTC QLQ-C30 V3.0" : $"EORTC QLQ-C30 V{form.InstrumentVersion}";

    private static IEnumerable<AnswerRow> OfForm(
        DatasetSubject subject, string instrument, string code, int count, IEnumerable<ItemAnswer> answers, (bool Has, int Score)? vas, MissingReason notDone, Visit visit, string date)
    {
        if (notDone != MissingReason.Unspecified)
        {
            return [new AnswerRow(subject, instrument, All, "Questionnaires", null, Codes.Missing(notDone), visit, date)];
        }

        var given = answers.GroupBy(answer => answer.Item).ToDictionary(item => item.Key, item => item.First().Score);
        var items = Enumerable.Range(1, count).Select(item => Item(item, $"Item {item}", given.TryGetValue(item, out var score) ? score : null));
        return vas is { } scale ? items.Append(Item(6, "EQ VAS", scale.Has ? scale.Score : null)) : items;

        AnswerRow Item(int item, string name, int? score) =>
            new(subject, instrument, $"{code}{item.ToString("00", CultureInfo.InvariantCulture)}", $"{code}-{name}", score, null, visit, date);
    }
}
