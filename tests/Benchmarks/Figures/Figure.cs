using Equecel.Benchmarks.Report;

namespace Equecel.Benchmarks.Figures;

/// <summary>Something that is measured.</summary>
/// <param name="name">Its name on the command line.</param>
/// <param name="summary">What it is, in one line.</param>
internal abstract class Figure(string name, string summary)
{
    /// <summary>All of them, in the order in which they are measured: first what needs an untouched platform, last what leaves most behind.</summary>
    public static IReadOnlyList<Figure> All { get; } =
    [
        new StartFigure(),
        new IdleMemoryFigure(),
        new UnloadedSaveFigure(),
        new SaturatedSaveFigure(),
        new VisibilityFigure(),
        new CurveOverGrpcFigure(),
        new BrokerOutageFigure(),
        new ImportFigure(),
        new VisibilityUnderImportFigure(),
        new CutOffCallsFigure(),
        new KaplanMeierFigure(),
        new CohortEventFigure(),
        new LargeCohortFigure(),
        new AnswersFigure(),
        new BytesFigure(),
    ];

    /// <summary>Its name on the command line.</summary>
    public string Name { get; } = name;

    /// <summary>What it is, in one line.</summary>
    public string Summary { get; } = summary;

    /// <summary>Measures it.</summary>
    /// <returns>Its lines of the table.</returns>
    public abstract Task<IReadOnlyList<ResultRow>> MeasureAsync(Bench bench, CancellationToken cancellation);
}
