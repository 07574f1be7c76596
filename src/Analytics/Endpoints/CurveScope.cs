using Equecel.Analytics.Cohort;
using Equecel.Analytics.Derivation;
using Equecel.Analytics.Tables;

namespace Equecel.Analytics.Endpoints;

/// <summary>What a curve is of and whom it is about.</summary>
/// <param name="Time">What it is of.</param>
/// <param name="Grouping">What splits the participants.</param>
/// <param name="Population">Whom it is about.</param>
/// <param name="Cutoff">What happened later is not used; null for no cut-off.</param>
internal sealed record CurveScope(CurveTime Time, V1.Grouping Grouping, StudyPopulation Population, DateOnly? Cutoff)
{
    /// <summary>What a question for a cumulative incidence is about.</summary>
    /// <param name="request">The question, in which nothing is wrong.</param>
    public static CurveScope Of(V1.GetIncidenceCurveRequest request) => new(
        TimeOf(request),
        request.Grouping,
        StudyPopulation.Of(request.Population),
        PartialDate.FindDay(request.DataCutoffDate));

    private static CurveTime TimeOf(V1.GetIncidenceCurveRequest request) =>
        (request.Endpoint == V1.IncidenceEndpoint.CompleteResponse, request.ResponseBasis == V1.ResponseBasis.Confirmed) switch
        {
            (false, false) => CurveTime.Ttr,
            (false, true) => CurveTime.TtrConfirmed,
            (true, false) => CurveTime.Ttcr,
            (true, true) => CurveTime.TtcrConfirmed,
        };
}
