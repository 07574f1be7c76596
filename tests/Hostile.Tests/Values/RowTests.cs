using Equecel.Hostile.Tests.Requests;
using Equecel.Hostile.Tests.Running;
using Equecel.Records.V1;
using Google.Protobuf;
using Grpc.Core;

namespace Equecel.Hostile.Tests.Values;

/// <summary>Every field of every row of an import, with every value that is hard to keep: it reads back identical, or its verdict refuses it with its path.</summary>
[Collection(Attacked.Name)]
public sealed class RowTests(HostilePlatform platform)
{
    // A row may have 64 KiB.
    private const int LargeRow = 60_000;
    private const int Page = 500;

    // These say whether and as what a row is saved.
    private static readonly string[] Ways = ["header.validate_only", "header.request_id", "header.record_id", "header.expected_version"];

    public static TheoryData<string> ImportRpcs() => [.. Rpc.All.Where(rpc => rpc.TakesForms && rpc.TakesStream).Select(rpc => rpc.Path)];

    [Theory]
    [MemberData(nameof(ImportRpcs))]
    public async Task A_value_of_a_row_reads_back_identical_or_its_verdict_refuses_it_with_its_path(string path)
    {
        var rpc = Rpc.Find(path);
        var subject = await platform.SubjectAsync(SavedRecord.Site);
        foreach (var sample in subject.Samples.Where(sample => sample.Service == rpc.Service).ToList())
        {
            var version = (await SavedRecord.ReadAsync(platform, rpc.Service, sample.Record.RecordId)).Header.Version;
            var rows = RowsOf(sample, version).ToList();
            foreach (var large in rows.Where(row => row.Submission.CalculateSize() > LargeRow))
            {
                var outcome = await ImportAsync(rpc, [large.Submission]);
                Assert.True(outcome.OfFirstRow(rpc).Code is StatusCode.ResourceExhausted or StatusCode.InvalidArgument, $"{large}: {outcome}");
            }

            var accepted = await JudgeAsync(rpc, rows.Where(row => row.Submission.CalculateSize() <= LargeRow).ToList());
            await SaveAsync(rpc, sample, version, accepted.Where(row => !Ways.Contains($"{row.Leaf}")).ToList());
        }
    }

    private static IEnumerable<Row> RowsOf(Sample sample, int version) =>
        from leaf in FieldPath.Leaves(sample.Submission).ToList()
        where $"{leaf}" != Ways[0]
        from trap in Traps.For(leaf.Field)
        select new Row(leaf, trap, Changed(SavedRecord.Next(sample, version), leaf, trap));

    private static IMessage Changed(IMessage submission, FieldPath leaf, Trap trap)
    {
        Submissions.HeaderOf(submission).ValidateOnly = true;
        leaf.Set(submission, trap.Value);
        return submission;
    }

    /// <summary>Lets rows be checked alone.</summary>
    /// <returns>Those that would be saved.</returns>
    private async Task<List<Row>> JudgeAsync(Rpc rpc, List<Row> rows)
    {
        var accepted = new List<Row>();
        foreach (var (row, verdict) in rows.Zip(await VerdictsAsync(rpc, rows.ConvertAll(row => row.Submission))))
        {
            var what = $"{rpc} {row}: {verdict}";
            if (verdict.Outcome == ImportOutcome.WouldSave)
            {
                Assert.False(row.Trap.MustBeRefused, what);
                accepted.Add(row);
                continue;
            }

            Assert.Equal(ImportOutcome.Refused, verdict.Outcome);
            Assert.True(Refusal.Codes.Contains((StatusCode)verdict.StatusCode), what);
            if ((StatusCode)verdict.StatusCode == StatusCode.InvalidArgument)
            {
                Refusal.NamesFields([.. verdict.Findings.Select(finding => (PathOf(row.Submission, finding.Field), finding.Message))], row.Submission, row.Leaf, row.Trap, what);
            }
        }

        return accepted;
    }

    /// <summary>Saves what would be saved, one version after the other, and reads it back.</summary>
    private async Task SaveAsync(Rpc rpc, Sample sample, int version, List<Row> rows)
    {
        var submissions = rows.ConvertAll(row => row.Submission);
        // What other forms are checked against is as it was in the end.
        submissions.Add(SavedRecord.Next(sample, version));
        foreach (var (i, submission) in submissions.Index())
        {
            var header = Submissions.HeaderOf(submission);
            (header.ValidateOnly, header.ExpectedVersion) = (false, version + i);
        }

        var verdicts = await VerdictsAsync(rpc, submissions);
        Assert.All(verdicts.Index(), verdict => Assert.True(
            verdict.Item.Outcome == ImportOutcome.Saved, $"{sample} {(verdict.Index < rows.Count ? rows[verdict.Index] : "as it was")}: {verdict.Item}"));

        var versions = await VersionsAsync(rpc, sample.Record.RecordId);
        foreach (var (row, verdict) in rows.Zip(verdicts))
        {
            var saved = versions[verdict.Version];
            Assert.True(Submissions.FormOf(row.Submission).Equals(saved.Form), $"{row}: {saved.Form}");
            Assert.Equal(Submissions.HeaderOf(row.Submission).Reason, saved.Header.Reason);
        }
    }

    private async Task<List<ImportVerdict>> VerdictsAsync(Rpc rpc, List<IMessage> submissions)
    {
        var outcome = await ImportAsync(rpc, submissions);
        Assert.True(outcome.Code == StatusCode.OK && outcome.Messages.Count == submissions.Count, $"{rpc}: {outcome.Messages.Count} verdicts on {submissions.Count} rows: {outcome}");
        return [.. outcome.Messages.Select(message => ImportVerdict.Parser.ParseFrom(message))];
    }

    private Task<Outcome> ImportAsync(Rpc rpc, List<IMessage> submissions) => platform.To(rpc, direct: true).CallAsync(
        rpc, platform.SiteToken(SavedRecord.Site), [.. submissions.Select(submission => Submissions.As(rpc.Request, submission).ToByteArray())]);

    private async Task<Dictionary<int, SavedRecord>> VersionsAsync(Rpc rpc, string recordId)
    {
        var list = Rpc.All.Single(known => known.Service == rpc.Service && known.Request == ListVersionsRequest.Descriptor);
        var versions = new Dictionary<int, SavedRecord>();
        for (var token = ""; ;)
        {
            var request = new ListVersionsRequest { RecordId = recordId, PageSize = Page, PageToken = token };
            var outcome = await platform.To(list, direct: true).CallAsync(list, platform.SiteToken(SavedRecord.Site), request.ToByteArray());
            Assert.True(outcome.Code == StatusCode.OK, $"{outcome}");
            var page = list.Method.OutputType.Parser.ParseFrom(outcome.Messages[0]);
            foreach (IMessage record in (System.Collections.IList)page.Descriptor.FindFieldByName("versions").Accessor.GetValue(page))
            {
                var header = (RecordHeader)record.Descriptor.FindFieldByName("header").Accessor.GetValue(record);
                versions.Add(header.Version, new(header, record));
            }

            token = (string)page.Descriptor.FindFieldByName("next_page_token").Accessor.GetValue(page);
            if (token.Length == 0)
            {
                return versions;
            }
        }
    }

    // A verdict names fields of the form as the form has them.
    private static string PathOf(IMessage submission, string field) =>
        field == "form" || FieldPath.Find(submission.Descriptor, field) is not null ? field : $"{Submissions.FormFieldOf(submission).Name}.{field}";

    private sealed record Row(FieldPath Leaf, Trap Trap, IMessage Submission)
    {
        public override string ToString() => $"{Leaf} with {Trap.Name}";
    }
}
