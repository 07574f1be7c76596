using Equecel.Enrolment.V1;
using Equecel.Records.Relaying;
using Equecel.Records.Store;
using Equecel.Records.Verbs;
using static Equecel.Records.Tests.CaptureService;

namespace Equecel.Records.Tests.Relaying;

public sealed class RelayMessageTests
{
    // What the consumer takes at most.
    private const int LargestBytes = 1024 * 1024;

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(300)]
    public void A_message_is_far_below_what_its_consumer_takes_however_many_findings_there_are(int findings)
    {
        var codes = string.Join(' ', Enumerable.Range(0, findings).Select(number => $"Q{number}"));
        var versions = Enumerable.Range(0, 250)
            .Select(_ => StoredVersion.Of(Entry(findings: codes), new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc), [], new byte[32])).ToList();

        var messages = RelayMessage.Pack("enrolment", Contract(), versions).ToList();

        Assert.All(messages, message => Assert.InRange(message.Body.Length, 1, LargestBytes / 4));
        var told = messages.SelectMany(message => EnrolmentRecordChanges.Parser.ParseFrom(message.Body.Span).Changes).ToList();
        Assert.Equal(versions.Select(version => version.Header), told.Select(change => change.Record.Header));
    }

    private static RecordContract Contract()
    {
        var contract = new RecordContract(SubmitRecordRequest.Descriptor, EnrolmentRecord.Descriptor, EnrolmentRecordChange.Descriptor);
        contract.Forms.Add<FollowUp>((_, _) => []);
        return contract;
    }
}
