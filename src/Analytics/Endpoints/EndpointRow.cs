using Equecel.Analytics.Cohort;
using Equecel.Analytics.Derivation;
using Equecel.Analytics.Dossiers;
using Equecel.Analytics.Tables;
using Equecel.Common.V1;

namespace Equecel.Analytics.Endpoints;

/// <summary>What curves ask of one participant, without a cut-off date.</summary>
/// <param name="Participant">The participant.</param>
/// <param name="VersionSum">That of the dossier.</param>
/// <param name="Origin">Where the participant's data came from.</param>
/// <param name="Exclusion">Why the participant is left out of all curves; none when not.</param>
/// <param name="Times">The times, in order of <see cref="CurveTime"/>; null where left out.</param>
/// <param name="Groups">Keys of the groups, in order of the groupings after the unspecified one.</param>
internal sealed record EndpointRow(
    ParticipantCode Participant, long VersionSum, DataOrigin Origin, Exclusion Exclusion, IReadOnlyList<TimeToEvent?> Times, IReadOnlyList<string> Groups)
{
    /// <summary>What curves can be of, in order.</summary>
    public static readonly IReadOnlyList<CurveTime> CurveTimes = Enum.GetValues<CurveTime>();

    /// <summary>The groupings after the unspecified one, in order.</summary>
    public static readonly IReadOnlyList<V1.Grouping> Groupings = [.. Enum.GetValues<V1.Grouping>().Where(grouping => grouping != V1.Grouping.Unspecified)];

    /// <summary>Derives one.</summary>
    /// <param name="dossier">What is known of the participant, without data queries; perhaps nothing.</param>
    public static EndpointRow Derive(Dossier dossier)
    {
        var subject = Subject.Of(dossier, cutoff: null);
        return new EndpointRow(
            ParticipantCode.Find(dossier.Participant, dossier.Site)!.Value,
            dossier.VersionSum,
            subject.Origin,
            subject.Exclusion,
            [.. CurveTimes.Select(time => subject.Course is { } course ? time.Derive(course) : null)],
            [.. Groupings.Select(grouping => Tables.Groups.Of(subject, grouping)!.Key)]);
    }
}
