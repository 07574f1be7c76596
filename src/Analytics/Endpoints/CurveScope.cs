using Equecel.Analytics.Cohort;
using Equecel.Analytics.Derivation;
using Equecel.Common.V1;

namespace Equecel.Analytics.Endpoints;

/// <summary>What a curve is of and whom it is about.</summary>
/// <param name="Time">What it is of.</param>
/// <param name="Grouping">What splits the participants.</param>
/// <param name="Sites">Codes of the sites that it is about; empty for all.</param>
/// <param name="Origin">Where the data came from that it is about; unspecified for all.</param>
/// <param name="Cutoff">What happened later is not used; null for no cut-off.</param>
internal sealed record CurveScope(CurveTime Time, V1.Grouping Grouping, IReadOnlySet<string> Sites, DataOrigin Origin, DateOnly? Cutoff)
{
    /// <summary>What a question for a cumulative incidence is about.</summary>
    /// <param name="request">The question, in which nothing is wrong.</param>
    public static CurveScope Of(V1.GetIncidenceCurveRequest request) => new(
        TimeOf(request),
        request.Grouping,
        request.Population?.Sites.ToHashSet(StringComparer.Ordinal) ?? [],
        request.Population?.Origin ?? DataOrigin.Unspecified,
        PartialDate.FindDay(request.DataCutoffDate));

    /// <summary>Whether it is about data from there.</summary>
    /// <param name="origin">Where a participant's data came from.</param>
    public bool Includes(DataOrigin origin) => Origin == DataOrigin.Unspecified || Origin == origin;

    private static CurveTime TimeOf(V1.GetIncidenceCurveRequest request) =>
        (request.Endpoint == V1.IncidenceEndpoint.CompleteResponse, request.ResponseBasis == V1.ResponseBasis.Confirmed) switch
        {
            (false, false) => CurveTime.Ttr,
            (false, true) => CurveTime.TtrConfirmed,
            (true, false) => CurveTime.Ttcr,
            (true, true) => CurveTime.TtcrConfirmed,
        };
}
