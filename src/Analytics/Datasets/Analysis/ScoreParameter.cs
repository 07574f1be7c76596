using System.Globalization;
using Equecel.Analytics.Statistics;
using Equecel.Questionnaire.V1;
using Instrument = Equecel.Questionnaire.V1.QuestionnaireScores.Types.Instrument;
using Scale = Equecel.Questionnaire.V1.QuestionnaireScores.Types.Scale;

namespace Equecel.Analytics.Datasets.Analysis;

/// <summary>A score of a questionnaire.</summary>
/// <param name="Code">Its code: that of the questionnaire where it has one.</param>
/// <param name="Label">What it is.</param>
/// <param name="Instrument">The questionnaire.</param>
/// <param name="IsDerived">Whether it was computed, and not given.</param>
/// <param name="Threshold">Which change of it is better or worse.</param>
/// <param name="Find">Finds it; null when too little was answered.</param>
/// <remarks>Rule set RWS-1: analysis plan, quality of life, for the thresholds; they are those of the table of quality of life.</remarks>
internal sealed record ScoreParameter(
    string Code, string Label, Instrument Instrument, bool IsDerived, ChangeThreshold Threshold, Func<QuestionnaireScores, double?> Find)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ScoreParameter> All { get; } =
    [
        .. Enumerable.Range((int)Scale.Ql2, 15).Select(scale => OfScale((Scale)scale, (130 + scale).ToString("'EOR0'000", CultureInfo.InvariantCulture))),
        OfScale(Scale.Summary, "EORSUM"),
        .. OfEq5d(Instrument.Eq5D5L, "EQ5D02", "EQ-5D-5L"),
        .. OfEq5d(Instrument.Eq5D3L, "EQ5D01", "EQ-5D-3L"),
    ];

    /// <summary>Name of the questionnaire.</summary>
    public string InstrumentName => Instrument switch
    {
        Instrument.QlqC30 => "EORTC QLQ-C30 V3.0",
        Instrument.Eq5D5L => "EQ-5D-5L",
        _ => "EQ-5D-3L",
    };

    private static ScoreParameter OfScale(Scale scale, string code) => new(
        code, $"QLQ-C30 {$"{scale}".ToUpperInvariant()}", Instrument.QlqC30, true, new ChangeThreshold(10, 10, HigherIsBetter: scale is not (>= Scale.Fa and <= Scale.Fi)),
        scores => scores.Scales.FirstOrDefault(one => one.Scale == scale) is { HasScore: true } found ? found.Score : null);

    private static ScoreParameter[] OfEq5d(Instrument instrument, string code, string name) =>
    [
        new($"{code}IX", $"{name} Index", instrument, true, new ChangeThreshold(0.069m, 0.069m), scores => scores.HasIndexValue ? scores.IndexValue : null),
        new($"{code}06", $"{name} EQ VAS", instrument, false, new ChangeThreshold(7, 7), scores => scores.HasVasScore ? scores.VasScore : null),
    ];
}
