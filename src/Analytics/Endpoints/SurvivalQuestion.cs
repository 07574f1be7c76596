using Equecel.Analytics.Cohort;
using Equecel.Analytics.Derivation;
using Equecel.Analytics.Statistics;
using Equecel.Analytics.Tables;
using Google.Protobuf;

namespace Equecel.Analytics.Endpoints;

/// <summary>A survival question whose every field is good, with the defaults filled in.</summary>
internal sealed record SurvivalQuestion
{
    private static readonly IReadOnlyList<double> SixAndTwelveMonths = [182.625, 365.25];
    private static readonly IReadOnlyList<double> Quartiles = [0.25, 0.5, 0.75];

    private SurvivalQuestion()
    {
    }

    /// <summary>The endpoint.</summary>
    public required V1.Endpoint Endpoint { get; init; }

    /// <summary>What censors progression-free survival beside the end of follow-up.</summary>
    public required PfsCensoring Censoring { get; init; }

    /// <summary>What splits the participants.</summary>
    public required V1.Grouping Grouping { get; init; }

    /// <summary>Type and level of the intervals.</summary>
    public required ConfidenceInterval Interval { get; init; }

    /// <summary>Times of the rates, in days.</summary>
    public required IReadOnlyList<double> AtDays { get; init; }

    /// <summary>Shares of the quantiles.</summary>
    public required IReadOnlyList<double> Quantiles { get; init; }

    /// <summary>Instant to answer as of; null for now.</summary>
    public required DateTimeOffset? AsOfTime { get; init; }

    /// <summary>Label of the snapshot whose instant to answer as of instead; empty for none.</summary>
    public required string Snapshot { get; init; }

    /// <summary>Cut-off date; null for none.</summary>
    public required DateOnly? Cutoff { get; init; }

    /// <summary>Whether the points of the curves are wanted.</summary>
    public required bool WithPoints { get; init; }

    /// <summary>The population as it was asked for, to be told in the answer.</summary>
    public required V1.Population Population { get; init; }

    /// <summary>The whole question as bytes: equal when it is asked again.</summary>
    public required ByteString Bytes { get; init; }

    /// <summary>What the curve is of and whom it is about.</summary>
    public CurveScope Scope => new(
        Endpoint switch
        {
            V1.Endpoint.ProgressionFreeSurvival => CurveTime.Pfs + (byte)Censoring,
            V1.Endpoint.DurationOfResponse => CurveTime.Dor + (byte)Censoring,
            _ => CurveTime.Os,
        },
        Grouping,
        StudyPopulation.Of(Population),
        Cutoff);

    /// <summary>Reads a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="now">The instant that no question can be about yet.</param>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT naming every field at fault.</exception>
    public static SurvivalQuestion Parse(V1.GetSurvivalCurveRequest request, DateTimeOffset now)
    {
        ScopeChecks.Demand(SurvivalRequestChecks.Run(request, now));
        var type = request.IntervalType switch
        {
            V1.IntervalType.Log => IntervalType.Log,
            V1.IntervalType.Plain => IntervalType.Plain,
            _ => IntervalType.LogLog,
        };

        return new SurvivalQuestion
        {
            Endpoint = request.Endpoint,
            Censoring = (request.CensorAtNewTherapy ? PfsCensoring.NewTherapy : PfsCensoring.None)
                | (request.CensorAfterMissedAssessments ? PfsCensoring.MissedAssessments : PfsCensoring.None),
            Grouping = request.Grouping,
            Interval = new ConfidenceInterval(type, request.ConfidenceLevel == 0 ? 0.95 : request.ConfidenceLevel),
            AtDays = request.AtDays.Count == 0 ? SixAndTwelveMonths : [.. request.AtDays],
            Quantiles = request.Quantiles.Count == 0 ? Quartiles : [.. request.Quantiles],
            AsOfTime = request.AsOfTime?.ToDateTimeOffset(),
            Snapshot = request.Snapshot,
            Cutoff = PartialDate.FindDay(request.DataCutoffDate),
            WithPoints = !request.WithoutPoints,
            Population = request.Population ?? new V1.Population(),
            Bytes = request.ToByteString(),
        };
    }
}
