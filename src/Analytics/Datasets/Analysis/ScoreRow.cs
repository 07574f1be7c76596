using Equecel.Analytics.Cohort;
using Equecel.Analytics.Datasets.Tabulation;
using Equecel.Analytics.Derivation;
using Equecel.Common.V1;
using Equecel.Questionnaire.V1;

namespace Equecel.Analytics.Datasets.Analysis;

/// <summary>A score of a participant at a visit.</summary>
/// <param name="Subject">The participant.</param>
/// <param name="Parameter">The score.</param>
/// <param name="Form">The questionnaire's scores.</param>
/// <param name="Value">The score; null when too little was answered.</param>
internal sealed record ScoreRow(DatasetSubject Subject, ScoreParameter Parameter, QuestionnaireScores Form, decimal? Value) : IDatasetRow
{
    // Scores are multiples of thirds, which have no end; what comes after these places is not of the score but of the arithmetic.
    private const int Places = 9;

    /// <summary>Number of the row among the participant's, from 1.</summary>
    public int Number { get; init; }

    /// <summary>The score before the infusion; null without one.</summary>
    public decimal? Base { get; init; }

    /// <summary>Whether the row is the one of <see cref="Base"/>.</summary>
    public bool IsBaseline { get; init; }

    /// <summary>Whether it is the one that counts for its visit.</summary>
    public bool IsForVisit { get; init; }

    /// <summary>Number of the row of QS that it is; null when it was computed.</summary>
    public int? SourceNumber { get; init; }

    /// <summary>Day of the questionnaire.</summary>
    public DateOnly? Date => PartialDate.FindDay(Form.CompletionDate);

    /// <summary>The visit that it counts for; unspecified for none.</summary>
    public Visit Visit => Form.AssignedVisit;

    /// <summary>Whether it is after the infusion.</summary>
    public bool IsAfterInfusion => Date > Subject.TreatmentStart;

    /// <summary>Change from the baseline; null before the infusion, and without both.</summary>
    public decimal? Change => IsAfterInfusion ? Value - Base : null;

    /// <summary>Change in percent of the baseline; null where there is no change, and for a baseline of 0.</summary>
    public decimal? PercentChange => Change is { } change && Base is { } before and not 0 ? Math.Round(100 * change / before, Places) : null;

    /// <summary>1 when better than the baseline, -1 when worse, 0 when neither; null where there is no change.</summary>
    public int? Verdict => Change is { } change ? Parameter.Threshold.Judge(change) : null;

    /// <summary>The scores of a participant by the cut-off, numbered in order of parameter and date.</summary>
    /// <param name="subject">The participant.</param>
    public static IEnumerable<ScoreRow> Of(DatasetSubject subject)
    {
        var forms = subject.Dossier.All<QuestionnaireScores>().Select(found => found.Form).Where(form => subject.HadHappened(form.CompletionDate)).ToList();
        return ScoreParameter.All.OrderBy(parameter => parameter.Code, StringComparer.Ordinal)
            .SelectMany(parameter => OfParameter(subject, parameter, forms.Where(form => form.Instrument == parameter.Instrument)))
            .Select((row, i) => row with { Number = i + 1 });
    }

    private static IEnumerable<ScoreRow> OfParameter(DatasetSubject subject, ScoreParameter parameter, IEnumerable<QuestionnaireScores> forms)
    {
        var rows = forms
            .Select(form => new ScoreRow(subject, parameter, form, parameter.Find(form) is { } score ? Math.Round((decimal)score, Places) : null))
            .OrderBy(row => row.Date).ToList();
        List<AnswerRow> answers = parameter.IsDerived ? [] : [.. AnswerRow.Of(subject).Where(row => row.TestCode == parameter.Code && row.Answer is not null)];
        var baseline = BaselineValue.Find(rows.Where(row => row.Value is not null), row => row.Date, subject.TreatmentStart);
        var counted = rows.Where(row => row.Value is not null && row.Visit != Visit.Unspecified).DistinctBy(row => row.Visit).ToList();
        return rows.Select(row => row with
        {
            Base = baseline?.Value,
            IsBaseline = ReferenceEquals(row, baseline),
            SourceNumber = answers.Find(answer => $"{answer.RecordId}" == row.Form.QuestionnaireRecordId)?.Number,
            IsForVisit = counted.Exists(one => ReferenceEquals(one, row)),
        });
    }
}
