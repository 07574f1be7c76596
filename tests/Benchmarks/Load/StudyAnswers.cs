using Equecel.Analytics.V1;
using Google.Protobuf;

namespace Equecel.Benchmarks.Load;

/// <summary>Every answer of Analytics about the study, as a request.</summary>
internal static class StudyAnswers
{
    /// <summary>All of them, by name. Each takes a confidence level, so that none of what is kept answers it; where an answer has none, nothing is kept.</summary>
    public static IReadOnlyList<(string Name, Func<double, IMessage> Request)> All { get; } =
    [
        ("overall survival", level => Survival(Endpoint.OverallSurvival, Grouping.Unspecified, level)),
        ("overall survival by sex", level => Survival(Endpoint.OverallSurvival, Grouping.Sex, level)),
        ("progression-free survival", level => Survival(Endpoint.ProgressionFreeSurvival, Grouping.Unspecified, level)),
        ("duration of response", level => Survival(Endpoint.DurationOfResponse, Grouping.Unspecified, level)),
        ("incidence of response", level => Incidence(IncidenceEndpoint.Response, level)),
        ("incidence of complete response", level => Incidence(IncidenceEndpoint.CompleteResponse, level)),
        .. Enum.GetValues<Topic>().Skip(1).Select(topic => (
            $"table {topic}", (Func<double, IMessage>)(level => new GetTableRequest { Topic = topic, ConfidenceLevel = level }))),
        ("swimmer lanes", _ => new ListSwimmerLanesRequest()),
        ("report", _ => new GetReportRequest()),
        ("dataset ADSL", _ => Export(Dataset.Adsl)),
        ("dataset AE", _ => Export(Dataset.Ae)),
    ];

    private static GetSurvivalCurveRequest Survival(Endpoint endpoint, Grouping grouping, double level) =>
        new() { Endpoint = endpoint, Grouping = grouping, ConfidenceLevel = level };

    private static GetIncidenceCurveRequest Incidence(IncidenceEndpoint endpoint, double level) =>
        new() { Endpoint = endpoint, ConfidenceLevel = level };

    private static ExportDatasetsRequest Export(Dataset dataset) => new() { Datasets = { dataset } };
}
