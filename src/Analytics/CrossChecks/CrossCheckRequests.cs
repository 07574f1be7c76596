using Equecel.Analytics.Dossiers;
using Equecel.Records.V1;

namespace Equecel.Analytics.CrossChecks;

/// <summary>What is to be told to the services about participants that were looked at. Pure functions.</summary>
internal static class CrossCheckRequests
{
    /// <summary>Most questions about one participant that a service is told; as many as it takes.</summary>
    public const int MostQuestions = 200;

    /// <summary>What a service is told: of each participant of whom something is asked, or was and may have to be closed.</summary>
    /// <param name="service">Name of the service.</param>
    /// <param name="dossiers">The participants.</param>
    /// <returns>Nobody when there is nothing to tell.</returns>
    public static SetCrossChecksRequest For(string service, IEnumerable<(Dossier Dossier, IReadOnlyList<CrossCheck> Asked)> dossiers) => new()
    {
        Participants =
        {
            dossiers.Select(one => (one.Dossier, Asked: one.Asked.Where(check => check.Record.Service == service).ToList()))
                .Where(one => one.Asked.Count > 0 || HasUnsettled(one.Dossier, service))
                .Select(one => new ParticipantCrossChecks
                {
                    Participant = one.Dossier.Participant,
                    Questions = { one.Asked.Take(MostQuestions).Select(Question) },
                }),
        },
    };

    // A query that was opened a moment ago may not be here yet: when it arrives its participant is looked at again.
    private static bool HasUnsettled(Dossier dossier, string service) => dossier.All<DataQuery>().Any(found =>
        found.Record.Service == service && found.Form.AcrossServices && found.Form.State != DataQuery.Types.State.Closed);

    private static CrossCheckQuestion Question(CrossCheck check) => new()
    {
        RecordId = $"{check.Record.RecordId}",
        Version = check.Record.Version,
        Field = check.Field,
        Code = check.Code,
        Message = check.Message,
        MessageZh = check.MessageZh,
    };
}
