using Equecel.Hostile.Tests.Requests;
using Equecel.Hostile.Tests.Running;
using Equecel.Records.V1;
using Google.Protobuf;
using Grpc.Core;

namespace Equecel.Hostile.Tests.Values;

/// <summary>Every field of every request, with every value that is hard to keep: it reads back identical, or is refused with its path.</summary>
[Collection(Attacked.Name)]
public sealed class FieldTests(HostilePlatform platform)
{
    private const string Site = SavedRecord.Site;

    // The forms of one site are checked against each other: those whose values are tried at the same time are of different ones.
    private static readonly string[] Sites = [Site, "13", "23", "33"];

    // Tells who is enrolled, and leaves everybody else out: a code that is none, too.
    private const string LeavesOut = "/equecel.enrolment.v1.EnrolmentService/LookUpParticipants";

    public static TheoryData<string> FormRpcs() => [.. Rpc.All.Where(rpc => rpc.TakesForms && !rpc.TakesStream).Select(rpc => rpc.Path)];

    public static TheoryData<string> OtherRpcs() => [.. Rpc.All.Where(rpc => !rpc.TakesForms).Select(rpc => rpc.Path)];

    [Theory]
    [MemberData(nameof(FormRpcs))]
    public async Task A_value_of_a_form_reads_back_identical_or_is_refused_with_its_path(string path)
    {
        var rpc = Rpc.Find(path);
        var subjects = new List<Subject>();
        foreach (var site in Sites)
        {
            subjects.Add(await platform.SubjectAsync(site));
        }

        // In the order in which they were made: what a question has retracted meanwhile is put back before what needs it is tried.
        var kinds = subjects[0].Samples.Where(sample => sample.Service == rpc.Service).Select(sample => sample.Record.Kind).ToList();
        await AtOnce.EachAsync(subjects.Index(), async of =>
        {
            foreach (var kind in kinds.Where((_, i) => i % Sites.Length == of.Index))
            {
                await TryValuesAsync(rpc, of.Item.Site, of.Item.Samples.Single(sample => sample.Service == rpc.Service && sample.Record.Kind == kind));
            }
        });
    }

    [Theory]
    [MemberData(nameof(OtherRpcs))]
    public async Task A_value_of_a_question_is_taken_or_refused_with_its_path(string path)
    {
        var rpc = Rpc.Find(path);
        var subject = await platform.SubjectAsync(Site);
        var token = rpc.Access!.ConfinedToSite ? platform.SiteToken(Site) : platform.Token(rpc.Access.Scope);
        var request = RequestMaker.Make(rpc, subject).First();
        var questions =
            from leaf in FieldPath.Leaves(request)
            where leaf.Field.Name != "until_caught_up"
            from trap in Traps.For(leaf.Field)
            select (leaf, trap);
        await AtOnce.EachAsync(questions.ToList(), async question =>
        {
            var (leaf, trap) = question;
            var changed = Submissions.Clone(request);
            leaf.Set(changed, trap.Value);
            var outcome = await platform.To(rpc, direct: false).CallAsync(rpc, token, changed.ToByteArray());

            var what = $"{rpc} {leaf} with {trap.Name}: {outcome}";
            Assert.True(outcome.Code == StatusCode.OK || Refusal.Codes.Contains(outcome.Code), what);
            Assert.True(outcome.Code != StatusCode.OK || !trap.MustBeRefused || (path == LeavesOut && outcome.Messages[0].Length == 0), what);
            if (outcome.Code == StatusCode.InvalidArgument)
            {
                NamesFields(outcome, changed, leaf, trap, what);
            }
        });
    }

    [Fact]
    public async Task Text_that_is_not_UTF8_is_refused_in_every_form()
    {
        var subject = await platform.SubjectAsync(Site);
        byte[][] texts = [[0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x80], [0xC3]];
        foreach (var sample in subject.Samples)
        {
            var rpc = Rpc.All.Single(known => known.Service == sample.Service && known.TakesForms && !known.TakesStream);
            var bytes = RequestMaker.New(sample).ToByteArray();
            var place = bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(subject.Secret));
            foreach (var text in place < 0 ? [] : texts)
            {
                text.CopyTo(bytes, place);
                var outcome = await platform.To(rpc, direct: true).CallAsync(rpc, platform.SiteToken(Site), bytes);
                Assert.Equal((StatusCode.InvalidArgument, "INVALID_FIELDS"), (outcome.Code, outcome.Reason));
            }
        }
    }

    [Fact]
    public async Task A_field_that_is_not_known_yet_is_kept()
    {
        var subject = await platform.SubjectAsync(Site);
        var sample = subject.Samples.First(known => known.Record.Kind == "follow_up");
        var rpc = Rpc.All.Single(known => known.Service == sample.Service && known.TakesForms && !known.TakesStream);
        var submission = RequestMaker.New(sample);
        Submissions.HeaderOf(submission).ValidateOnly = false;
        // Field 15999, of the version after this one, as text.
        var form = (IMessage)Submissions.FormOf(submission);
        var newer = form.Descriptor.Parser.ParseFrom([.. form.ToByteArray(), 0xFA, 0xE7, 0x07, 3, (byte)'n', (byte)'e', (byte)'w']);
        Submissions.FormFieldOf(submission).Accessor.SetValue(submission, newer);

        var saved = HostilePlatform.HeaderOf(rpc, await platform.SubmitAsync(rpc, Site, submission));

        Assert.Equal(newer, (await SavedRecord.ReadAsync(platform, Site, rpc.Service, saved.RecordId)).Form);
    }

    [Fact]
    public async Task The_platform_is_unharmed_by_them() => await platform.Watch.UnharmedAsync();

    private async Task TryValuesAsync(Rpc rpc, string site, Sample sample)
    {
        var version = (await SavedRecord.ReadAsync(platform, site, rpc.Service, sample.Record.RecordId)).Header.Version;
        foreach (var leaf in FieldPath.Leaves(sample.Submission).ToList())
        {
            foreach (var trap in Traps.For(leaf.Field))
            {
                var submission = SavedRecord.Next(sample, version);
                leaf.Set(submission, trap.Value);
                var outcome = await platform.SubmitAsync(rpc, site, submission);
                var saved = await JudgeAsync(rpc, site, submission, leaf, trap, outcome);
                version = saved?.RecordId == sample.Record.RecordId ? saved.Version : version;
            }

            // What other forms are checked against is as it was.
            var restored = await platform.SubmitAsync(rpc, site, SavedRecord.Next(sample, version));
            Assert.True(restored.Code == StatusCode.OK, $"{sample} after {leaf}: {restored}");
            version++;
        }
    }

    private async Task<RecordHeader?> JudgeAsync(Rpc rpc, string site, IMessage submission, FieldPath leaf, Trap trap, Outcome outcome)
    {
        var what = $"{rpc} {leaf} with {trap.Name}: {outcome}";
        if (outcome.Code == StatusCode.OK)
        {
            Assert.False(trap.MustBeRefused, what);
            var saved = HostilePlatform.HeaderOf(rpc, outcome);
            if (saved.RecordId.Length > 0)
            {
                Assert.True(Submissions.FormOf(submission).Equals((await SavedRecord.ReadAsync(platform, site, rpc.Service, saved.RecordId)).Form), what);
            }

            return saved;
        }

        Assert.True(Refusal.Codes.Contains(outcome.Code), what);
        if (outcome.Code == StatusCode.InvalidArgument)
        {
            NamesFields(outcome, submission, leaf, trap, what);
        }

        return null;
    }

    private static void NamesFields(Outcome outcome, IMessage request, FieldPath leaf, Trap trap, string what) =>
        Refusal.NamesFields([.. outcome.Violations.Select(violation => (violation.Field, violation.Description))], request, leaf, trap, what);
}
