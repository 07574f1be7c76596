using Equecel.Analytics.Endpoints;
using Equecel.Analytics.Tables;
using Equecel.Common.V1;
using Google.Protobuf.WellKnownTypes;
using static Equecel.Analytics.Endpoints.ScopeChecks;
using Enum = System.Enum;

namespace Equecel.Analytics.Report;

/// <summary>A question for a report whose every field is good: the questions for its answers, all about one moment.</summary>
/// <param name="request">The request, with the instant that it is about.</param>
/// <param name="now">The instant that no question can be about yet.</param>
internal sealed class ReportQuestion(V1.GetReportRequest request, DateTimeOffset now)
{
    /// <summary>Days of an average month.</summary>
    public const double DaysPerMonth = 30.4375;

    /// <summary>Months at which curves are read: each of the first year, then each third for ten years.</summary>
    public static IReadOnlyList<int> Months { get; } = [.. Enumerable.Range(0, 13), .. Enumerable.Range(5, 36).Select(quarter => 3 * quarter)];

    /// <summary>The request, with the instant that it is about.</summary>
    public V1.GetReportRequest Request => request;

    /// <summary>The instant that it is about.</summary>
    public DateTimeOffset AsOf => request.AsOfTime.ToDateTimeOffset();

    /// <summary>Its language.</summary>
    public Wording Words { get; } = new(request.Language == V1.ReportLanguage.Chinese);

    /// <summary>Codes of the sites that it is about; empty for all.</summary>
    public IReadOnlyList<string> Sites => [.. (request.Population?.Sites ?? []).Distinct()];

    // Prospective and retrospective apart, unless one of them is asked for alone.
    private V1.Grouping Grouping => request.Population is { Origin: not DataOrigin.Unspecified } ? V1.Grouping.Unspecified : V1.Grouping.Provenance;

    /// <summary>Reads a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="now">What it is about when it names no instant, to the millisecond.</param>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT naming every field at fault.</exception>
    public static ReportQuestion Parse(V1.GetReportRequest request, DateTimeOffset now)
    {
        Demand(Run(request.Population, V1.Grouping.Unspecified, request.AsOfTime, request.Snapshot, request.DataCutoffDate, level: 0, now)
            .Prepend(Check(Enum.IsDefined(request.Language), "language", "No such language. Take a value of ReportLanguage.")));

        // People copy the instant from the report: what they type is what was asked.
        var instant = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
        return new ReportQuestion(new V1.GetReportRequest(request) { AsOfTime = request.AsOfTime ?? instant.ToTimestamp() }, now);
    }

    /// <summary>The same question about another instant.</summary>
    /// <param name="instant">The instant.</param>
    public ReportQuestion At(DateTimeOffset instant) => new(new V1.GetReportRequest(request) { AsOfTime = instant.ToTimestamp() }, now);

    /// <summary>The question for a table.</summary>
    /// <param name="topic">What it is about.</param>
    public TableQuestion Table(V1.Topic topic) => Table(topic, topic == V1.Topic.DataQuality ? V1.Grouping.Site : Grouping);

    /// <summary>The question for the exposure-adjusted rates of adverse events.</summary>
    public TableQuestion AdverseEventRates => Table(V1.Topic.AdverseEvents, Grouping, withRates: true);

    /// <summary>The question for the quality of the data by provenance; null when one of them is asked for alone.</summary>
    public TableQuestion? QualityByProvenance => Grouping == V1.Grouping.Unspecified ? null : Table(V1.Topic.DataQuality, Grouping);

    /// <summary>The question for a survival curve.</summary>
    /// <param name="endpoint">The endpoint.</param>
    public SurvivalQuestion Survival(V1.Endpoint endpoint) => SurvivalQuestion.Parse(
        new V1.GetSurvivalCurveRequest
        {
            Endpoint = endpoint,
            Population = request.Population,
            Grouping = Grouping,
            AtDays = { Months.Select(month => month * DaysPerMonth) },
            AsOfTime = request.AsOfTime,
            DataCutoffDate = request.DataCutoffDate,
        },
        now);

    /// <summary>The question for a cumulative incidence.</summary>
    /// <param name="endpoint">The event.</param>
    public V1.GetIncidenceCurveRequest Incidence(V1.IncidenceEndpoint endpoint) => new()
    {
        Endpoint = endpoint,
        Population = request.Population,
        Grouping = Grouping,
        AtDays = { Months.Select(month => month * DaysPerMonth) },
        AsOfTime = request.AsOfTime,
        DataCutoffDate = request.DataCutoffDate,
    };

    private TableQuestion Table(V1.Topic topic, V1.Grouping grouping, bool withRates = false) => TableQuestion.Parse(
        new V1.GetTableRequest
        {
            Topic = topic,
            Population = request.Population,
            Grouping = grouping,
            AsOfTime = request.AsOfTime,
            DataCutoffDate = request.DataCutoffDate,
            ExposureAdjustedRates = withRates,
        },
        now);
}
