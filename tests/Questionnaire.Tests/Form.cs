using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Questionnaire.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;
using Google.Protobuf;
using SubmitRecordRequest = Equecel.Questionnaire.V1.SubmitRecordRequest;

namespace Equecel.Questionnaire.Tests;

/// <summary>Forms as a site sends them, with nothing wrong.</summary>
internal static class Form
{
    /// <summary>A QLQ-C30 of week 4 with the best answers.</summary>
    public static QlqC30 QlqC30(Action<QlqC30>? change = null)
    {
        var form = new QlqC30
        {
            Visit = Visit.Week4,
            CompletionDate = "2024-03-29",
            InstrumentVersion = "3.0",
            Language = "zh-CN",
            Mode = CompletionMode.Paper,
            Proxy = YesNoUnknown.No,
            Answers = { Enumerable.Range(1, 30).Select(item => new ItemAnswer { Item = item, Score = item < 29 ? 1 : 7 }) },
        };
        change?.Invoke(form);
        return form;
    }

    /// <summary>An EQ-5D-5L of week 4.</summary>
    public static Eq5d5l Eq5d5l(string state = "21231", int? vas = 80, Action<Eq5d5l>? change = null)
    {
        var form = new Eq5d5l
        {
            Visit = Visit.Week4,
            CompletionDate = "2024-03-29",
            InstrumentVersion = "1.2",
            Language = "zh-CN",
            Mode = CompletionMode.Device,
            Proxy = YesNoUnknown.No,
            Answers = { Levels(state) },
        };
        if (vas is { } score)
        {
            form.VasScore = score;
        }

        change?.Invoke(form);
        return form;
    }

    /// <summary>An EQ-5D-3L of week 4.</summary>
    public static Eq5d3l Eq5d3l(string state = "22222", Action<Eq5d3l>? change = null)
    {
        var form = new Eq5d3l
        {
            Visit = Visit.Week4,
            CompletionDate = "2024-03-29",
            InstrumentVersion = "2.1",
            Language = "zh-CN",
            Mode = CompletionMode.Interview,
            Proxy = YesNoUnknown.Yes,
            Answers = { Levels(state) },
        };
        change?.Invoke(form);
        return form;
    }

    public static SubmitRecordRequest Submit(string participant, IMessage form, DataOrigin origin = DataOrigin.Prospective)
    {
        var request = new SubmitRecordRequest
        {
            Header = new SubmissionHeader { RequestId = Guid.NewGuid().ToString(), Participant = participant, Origin = origin },
        };
        SubmitRecordRequest.Descriptor.Fields.InFieldNumberOrder().Single(field => field.MessageType == form.Descriptor).Accessor.SetValue(request, form);
        return request;
    }

    /// <summary>The same form with a change, as an amendment of a record.</summary>
    public static SubmitRecordRequest Amend(QuestionnaireRecord record, Action<QlqC30> change)
    {
        var form = record.QlqC30.Clone();
        change(form);
        var request = Submit(record.Header.Participant, form, record.Header.Origin);
        request.Header.RecordId = record.Header.RecordId;
        request.Header.ExpectedVersion = record.Header.Version;
        request.Header.Reason = "Typed wrong";
        return request;
    }

    /// <summary>Infused on 1 March 2024.</summary>
    public static ParticipantFacts Facts(string participant = "01-0001") => new()
    {
        Participant = participant,
        Site = participant[..2],
        Origin = DataOrigin.Prospective,
        ConsentDate = "2024-01-10",
        EnrolmentDate = "2024-01-11",
        InfusionDate = "2024-03-01",
        Revision = 3,
    };

    /// <summary>What checks are told about a form, on 1 July 2024.</summary>
    public static FormContext Context(DataOrigin origin = DataOrigin.Prospective, ParticipantFacts? facts = null, params IMessage[] others) => new()
    {
        Participant = "01-0001",
        Site = "01",
        Origin = origin,
        Today = new DateOnly(2024, 7, 1),
        Facts = facts ?? Facts(),
        Others = [.. others.Select(Current)],
    };

    /// <summary>A form as one of the participant's records.</summary>
    public static CurrentRecord Current(IMessage form, int number = 0) => new($"record {number}", form, new Dictionary<string, MissingReason>());

    /// <summary>Findings in short: <c>Q02? completion_date</c> for a query, with an exclamation mark when hard.</summary>
    public static string Brief(this IEnumerable<Finding?> findings) => string.Join(", ", findings.OfType<Finding>()
        .Select(finding => $"{finding.Code}{(finding.Severity == Severity.Hard ? '!' : '?')} {finding.Field}"));

    // A hyphen is a dimension without an answer.
    private static IEnumerable<ItemAnswer> Levels(string state) =>
        state.Index().Where(level => level.Item != '-').Select(level => new ItemAnswer { Item = level.Index + 1, Score = level.Item - '0' });
}
