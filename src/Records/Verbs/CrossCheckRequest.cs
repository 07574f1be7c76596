using Equecel.Records.Forms;
using Equecel.Records.V1;
using static Equecel.Records.Verbs.RequestChecks;
using static Google.Rpc.BadRequest.Types;

namespace Equecel.Records.Verbs;

/// <summary>Checks a request that sets what is asked over several services.</summary>
internal static class CrossCheckRequest
{
    private const int MostParticipants = 100;
    private const int MostQuestions = 200;
    private const int MaxField = 200;
    private const int MaxCode = 20;
    private const int MaxMessage = 2000;

    /// <summary>All its faults.</summary>
    /// <param name="request">The request.</param>
    public static IEnumerable<FieldViolation> Faults(SetCrossChecksRequest request) => Values(request)
        .Concat(If(request.Participants.Count is 0 or > MostParticipants, "participants", $"Required. 1 to {MostParticipants} participants."))
        .Concat(request.Participants.Index().GroupBy(one => one.Item.Participant).SelectMany(same => same.Skip(1))
            .Select(again => Violation($"participants[{again.Index}].participant", "Name each participant once.")))
        .Concat(request.Participants.Take(MostParticipants).Index().SelectMany(one => Faults(one.Item, $"participants[{one.Index}].")));

    private static IEnumerable<FieldViolation> Faults(ParticipantCrossChecks one, string path) =>
        If(ParticipantCode.FindSite(one.Participant) is null, path + "participant", "Required. Site code and number, such as 01-0001.")
            .Concat(If(one.Questions.Count > MostQuestions, path + "questions", $"At most {MostQuestions} questions; this has {one.Questions.Count}."))
            .Concat(one.Questions.Take(MostQuestions).Index().SelectMany(question => Faults(question.Item, $"{path}questions[{question.Index}].")));

    private static IEnumerable<FieldViolation> Faults(CrossCheckQuestion question, string path) =>
        If(!Guid.TryParseExact(question.RecordId, "D", out _), path + "record_id", "Required. The UUID of a record.")
            .Concat(If(question.Version < 1, path + "version", "Required. The version that was looked at, 1 or more."))
            .Concat(Short(path + "field", question.Field, MaxField))
            .Concat(Required(path + "code", question.Code, MaxCode, "The code of the check"))
            .Concat(Required(path + "message", question.Message, MaxMessage, "What is asked"))
            .Concat(Required(path + "message_zh", question.MessageZh, MaxMessage, "What is asked, in Chinese"));
}
