using Equecel.Analytics.Derivation;

namespace Equecel.Analytics.Datasets.Analysis;

/// <summary>A response for analysis.</summary>
/// <param name="Subject">The participant.</param>
/// <param name="Parameter">What it is.</param>
/// <param name="Date">When; null when nothing happened.</param>
/// <param name="Character">The result.</param>
/// <param name="Value">The result as a number; null without one.</param>
internal sealed record AnalysedResponseRow(DatasetSubject Subject, ResponseParameter Parameter, DateOnly? Date, string Character, int? Value) : IDatasetRow
{
    /// <summary>Number of the row among the participant's, from 1.</summary>
    public int Number { get; init; }

    /// <summary>Number of the row of RS that it is; null when it was derived.</summary>
    public int? SourceNumber { get; init; }

    /// <summary>Number of the visit; null without one.</summary>
    public int? VisitNumber { get; init; }

    /// <summary>Name of the visit; null without one.</summary>
    public string? VisitName { get; init; }

    /// <summary>Whether it is the one adequate assessment of its day after the infusion, the worst of several.</summary>
    public bool IsUsable { get; init; }

    /// <summary>Whether it is a progression that needs no second assessment.</summary>
    public bool IsCertain { get; init; }

    /// <summary>Whether the day of the date was not known.</summary>
    public bool IsDateCompleted { get; init; }

    /// <summary>Whether it is not after the start of new therapy.</summary>
    public bool IsBeforeNewTherapy => Subject.Subject.Course is { } course && Date is { } date && date > course.InfusionDate && !(date > course.NewTherapyDate);

    /// <summary>Whether it is not after the first recorded progression.</summary>
    public bool IsBeforeProgression => Subject.Subject.Course is { } course && Date is { } date && date > course.InfusionDate && !(date > course.FirstRecordedProgression);

    /// <summary>A category of response.</summary>
    public static AnalysedResponseRow Of(DatasetSubject subject, ResponseParameter parameter, DateOnly? date, ResponseCategory category) =>
        new(subject, parameter, date, Codes.Response(category), (int)category);

    /// <summary>Yes with its date, or no.</summary>
    public static AnalysedResponseRow YesNo(DatasetSubject subject, ResponseParameter parameter, DateOnly? date) =>
        new(subject, parameter, date, date is null ? "N" : "Y", date is null ? 0 : 1);
}
