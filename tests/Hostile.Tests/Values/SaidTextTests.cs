using Equecel.Analytics.V1;
using Equecel.Enrolment.V1;
using Equecel.Hostile.Tests.Requests;
using Equecel.Hostile.Tests.Running;
using Equecel.Records.V1;
using Google.Protobuf;
using Grpc.Core;

namespace Equecel.Hostile.Tests.Values;

/// <summary>What somebody says with an act other than a form: it reads back identical, or the act is refused with its path.</summary>
[Collection(Attacked.Name)]
public sealed class SaidTextTests(HostilePlatform platform)
{
    private static readonly Trap[] Texts = [.. Traps.For(RetractRecordRequest.Descriptor.FindFieldByName("reason"))];

    public static TheoryData<string> Services() => [.. Rpc.All.Where(rpc => rpc.TakesForms).Select(rpc => rpc.Service).Distinct()];

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Why_a_record_is_retracted_and_a_version_redacted(string service)
    {
        var sample = await SampleAsync(service);
        var recordId = sample.Record.RecordId;
        var submit = Rpc.All.Single(rpc => rpc.Service == service && rpc.TakesForms && !rpc.TakesStream);
        var version = (await SavedRecord.ReadAsync(platform, SavedRecord.Site, service, recordId)).Header.Version;
        foreach (var (text, trap) in Said())
        {
            if (await SayAsync(service, new RetractRecordRequest { RequestId = NewId(), RecordId = recordId, ExpectedVersion = version, Reason = text }, "reason", trap) is null)
            {
                Assert.Null(await SayAsync(service, new RedactVersionRequest { RequestId = NewId(), RecordId = recordId, Version = version, Reason = text }, "reason", trap));
                continue;
            }

            Assert.Equal(text, (await SavedRecord.ReadAsync(platform, SavedRecord.Site, service, recordId, version + 1)).Header.Reason);
            Assert.NotNull(await SayAsync(service, new RedactVersionRequest { RequestId = NewId(), RecordId = recordId, Version = version, Reason = text }, "reason", trap));
            Assert.Equal(text, (await SavedRecord.ReadAsync(platform, SavedRecord.Site, service, recordId, version)).Header.Redaction.Reason);

            var restored = await platform.SubmitAsync(submit, SavedRecord.Site, SavedRecord.Next(sample, version + 1));
            Assert.True(restored.Code == StatusCode.OK, $"{sample} after {trap.Name}: {restored}");
            version += 2;
        }
    }

    [Theory]
    [MemberData(nameof(Services))]
    public async Task What_is_asked_about_a_record(string service)
    {
        var sample = await SampleAsync(service);
        var version = (await SavedRecord.ReadAsync(platform, SavedRecord.Site, service, sample.Record.RecordId)).Header.Version;
        // There is one question about each field: what is asked lasts as long as there are fields.
        var fields = new Queue<string>(Submissions.FormOf(sample.Submission).Descriptor.Fields.InDeclarationOrder().Select(field => field.Name));
        foreach (var (text, trap) in Said().OrderByDescending(said => said.Trap.MustBeRefused).TakeWhile(_ => fields.Count > 0))
        {
            var question = new OpenQueryRequest { RequestId = NewId(), RecordId = sample.Record.RecordId, ExpectedVersion = version, Field = fields.Peek(), Question = text };
            if (await SayAsync(service, question, "question", trap) is { } opened)
            {
                fields.Dequeue();
                var header = (RecordHeader)opened.Descriptor.FindFieldByName("header").Accessor.GetValue(opened);
                Assert.Equal(text, ((DataQuery)(await SavedRecord.ReadAsync(platform, SavedRecord.Site, service, header.RecordId)).Form).Message);
            }
        }
    }

    [Fact]
    public async Task Why_a_participant_is_frozen_and_thawed()
    {
        const string service = "enrolment";
        var sample = (await platform.SubjectAsync(SavedRecord.Site)).Samples.Single(sample => sample.Record.Kind == "participation");
        var participation = RequestMaker.New(sample);
        var code = Submissions.HeaderOf(participation).Participant = $"{SavedRecord.Site}-0077";
        Submissions.HeaderOf(participation).ValidateOnly = false;
        var submit = Rpc.All.Single(rpc => rpc.Service == service && rpc.TakesForms && !rpc.TakesStream);
        Assert.Equal(StatusCode.OK, (await platform.SubmitAsync(submit, SavedRecord.Site, participation)).Code);

        foreach (var (text, trap) in Said())
        {
            if (await SayAsync(service, new FreezeRequest { RequestId = NewId(), Code = code, Reason = text }, "reason", trap) is not EnrolmentRecord frozen)
            {
                Assert.Null(await SayAsync(service, new ThawRequest { RequestId = NewId(), Code = code, Reason = text }, "reason", trap));
                continue;
            }

            Assert.Equal(text, await ReadAsync(frozen));
            var thawed = await SayAsync(service, new ThawRequest { RequestId = NewId(), Code = code, Reason = text }, "reason", trap);
            Assert.Equal(text, await ReadAsync((EnrolmentRecord)thawed!));
        }

        async Task<string> ReadAsync(EnrolmentRecord said)
        {
            var saved = await SavedRecord.ReadAsync(platform, SavedRecord.Site, service, said.Header.RecordId, said.Header.Version);
            return ((Freeze)saved.Form).Reason;
        }
    }

    [Fact]
    public async Task What_a_snapshot_is_called_and_is_for()
    {
        foreach (var (i, (text, trap)) in Said().Index())
        {
            var label = $"said-{i}";
            if (await SayAsync("analytics", new CreateSnapshotRequest { RequestId = NewId(), Label = label, Comment = text }, "comment", trap) is not null)
            {
                Assert.Equal(text, (await ReadAsync(label)).Comment);
            }

            if (await SayAsync("analytics", new CreateSnapshotRequest { RequestId = NewId(), Label = text }, "label", trap) is not null)
            {
                Assert.Equal(text, (await ReadAsync(text)).Label);
            }
        }

        async Task<Snapshot> ReadAsync(string label) =>
            (Snapshot)(await SayAsync("analytics", new GetSnapshotRequest { Label = label }, "label", new Trap("what is there", label)))!;
    }

    private static IEnumerable<(string Text, Trap Trap)> Said() => Texts.Select(trap => ((string)trap.Value!, trap));

    private static string NewId() => Guid.NewGuid().ToString();

    /// <summary>A record that no other one counts on.</summary>
    private async Task<Sample> SampleAsync(string service) =>
        (await platform.SubjectAsync(SavedRecord.Site)).Samples.Where(sample => sample.Service == service && sample.Record.Participant.Length > 0)
            .OrderBy(sample => sample.Record.Kind == "follow_up").Last();

    /// <summary>Does something with a text, in which everything else is right.</summary>
    /// <returns>What was answered; null when it was refused for the text.</returns>
    private async Task<IMessage?> SayAsync(string service, IMessage request, string field, Trap trap)
    {
        var rpc = Rpc.All.Single(known => known.Service == service && known.Request == request.Descriptor);
        var token = rpc.Access!.ConfinedToSite ? platform.SiteToken(SavedRecord.Site) : platform.Token(rpc.Access.Scope);
        var outcome = await platform.To(rpc, direct: true).CallAsync(rpc, token, request.ToByteArray());
        var what = $"{rpc} {field} with {trap.Name}: {outcome}";
        if (outcome.Code == StatusCode.OK)
        {
            Assert.False(trap.MustBeRefused, what);
            return rpc.Method.OutputType.Parser.ParseFrom(outcome.Messages[0]);
        }

        Assert.True(outcome.Code == StatusCode.InvalidArgument && outcome.Fields.Contains(field), what);
        return null;
    }
}
