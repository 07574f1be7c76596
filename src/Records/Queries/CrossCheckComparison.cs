using Equecel.Records.V1;
using static Equecel.Records.V1.DataQuery.Types;

namespace Equecel.Records.Queries;

/// <summary>What Analytics asks over several services, as far as it is about the records as they are now.</summary>
/// <param name="Asked">What is asked.</param>
/// <param name="Unknown">UUIDs of records about which nothing can be asked here.</param>
/// <param name="Outdated">UUIDs of records whose latest version was not looked at: what is stored about them stays.</param>
internal sealed record CrossCheckComparison(IReadOnlyList<DataQuery> Asked, IReadOnlySet<string> Unknown, IReadOnlySet<string> Outdated)
{
    /// <summary>Compares.</summary>
    /// <param name="request">The request, without faults.</param>
    /// <param name="records">The latest version of every record of the participants.</param>
    /// <param name="isSent">Whether sites send records of a kind.</param>
    public static CrossCheckComparison Of(SetCrossChecksRequest request, IEnumerable<AskedRecord> records, Func<string, bool> isSent)
    {
        var byId = records.ToDictionary(record => record.RecordId);
        var (asked, unknown, outdated) = (new List<DataQuery>(), new HashSet<string>(), new HashSet<string>());
        foreach (var participant in request.Participants)
        {
            foreach (var question in participant.Questions)
            {
                // However it is written.
                var id = $"{Guid.Parse(question.RecordId)}";
                if (byId.GetValueOrDefault(id) is not { State: RecordState.Active } subject || subject.Participant != participant.Participant || !isSent(subject.Kind))
                {
                    unknown.Add(id);
                }
                else if (subject.Version != question.Version)
                {
                    outdated.Add(id);
                }
                else
                {
                    asked.Add(Query(question, subject));
                }
            }
        }

        return new CrossCheckComparison(asked.FindAll(query => !outdated.Contains(query.SubjectRecordId)), unknown, outdated);
    }

    private static DataQuery Query(CrossCheckQuestion question, AskedRecord subject) => new()
    {
        SubjectRecordId = subject.RecordId,
        SubjectVersion = subject.Version,
        SubjectKind = subject.Kind,
        Field = question.Field,
        Code = question.Code,
        Message = question.Message,
        MessageZh = question.MessageZh,
        Source = Source.CrossCheck,
        AcrossServices = true,
    };
}
