using Equecel.Analytics.V1;
using Equecel.Hostile.Tests.Running;
using Equecel.Records.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Equecel.Hostile.Tests.Requests;

/// <summary>Makes well-formed requests of any RPC about a subject, from their descriptors. None of them changes anything.</summary>
internal static class RequestMaker
{
    /// <summary>A version that no record has, so that nothing is retracted.</summary>
    public const int NoVersion = 1_000_000;

    // What these name is a data query.
    private static readonly MessageDescriptor[] AboutQueries = [AnswerQueryRequest.Descriptor, CloseQueryRequest.Descriptor, ReopenQueryRequest.Descriptor];

    /// <summary>All requests that an RPC takes about a subject.</summary>
    public static IEnumerable<IMessage> Make(Rpc rpc, Subject subject)
    {
        var samples = subject.Samples.Where(sample => sample.Service == rpc.Service).ToList();
        if (rpc.TakesForms)
        {
            return samples.SelectMany(sample => (IMessage[])[New(sample), Amendment(sample)]).Select(submission => Submissions.As(rpc.Request, submission));
        }

        if (AboutQueries.Contains(rpc.Request))
        {
            return [Other(rpc, subject, subject.Queries[rpc.Service])];
        }

        return rpc.Request.FindFieldByName("record_id") is null
            ? [Other(rpc, subject, record: null)]
            : samples.Select(sample => Other(rpc, subject, sample.Record));
    }

    /// <summary>The sample's form as a new record.</summary>
    public static IMessage New(Sample sample)
    {
        var submission = Submissions.Clone(sample.Submission);
        var header = Submissions.HeaderOf(submission);
        header.RequestId = Guid.NewGuid().ToString();
        header.ValidateOnly = true;
        return submission;
    }

    /// <summary>The sample's form as the next version of its record.</summary>
    public static IMessage Amendment(Sample sample)
    {
        var submission = New(sample);
        var header = Submissions.HeaderOf(submission);
        header.RecordId = sample.Record.RecordId;
        header.ExpectedVersion = sample.Record.Version;
        header.Reason = "to see what happens";
        return submission;
    }

    /// <summary>A request that opens a data query about a sample.</summary>
    /// <param name="sample">The sample.</param>
    public static OpenQueryRequest Question(Sample sample) => new()
    {
        RequestId = Guid.NewGuid().ToString(),
        RecordId = sample.Record.RecordId,
        ExpectedVersion = sample.Record.Version,
        Question = "to see what happens",
    };

    private static IMessage Other(Rpc rpc, Subject subject, RecordHeader? record)
    {
        var request = Submissions.New(rpc.Request);
        foreach (var field in rpc.Request.Fields.InDeclarationOrder())
        {
            object? value = field.Name switch
            {
                "record_id" => record!.RecordId,
                "request_id" => Guid.NewGuid().ToString(),
                "expected_version" => NoVersion,
                "reason" or "answer" or "question" => "to see what happens",
                "until_caught_up" => true,
                // Nobody, so that nothing is frozen.
                "code" => $"{subject.Site}-9999",
                // What a request is about, and what it cannot do without.
                "participant" or "participants" or "site" or "sites" or "service" or "endpoint" or "topic" => Candidates.For(field, subject)[0],
                "cell" => new TableCell { Table = new GetTableRequest { Topic = Topic.BestResponse }, Row = "orr" },
                _ => null,
            };
            if (value is not null)
            {
                FieldPath.Find(rpc.Request, field.Name)!.Set(request, value);
            }
        }

        return request;
    }
}
