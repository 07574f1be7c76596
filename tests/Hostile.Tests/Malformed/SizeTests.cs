using Equecel.Hostile.Tests.Requests;
using Equecel.Hostile.Tests.Running;
using Equecel.Records.V1;
using Google.Protobuf;
using Grpc.Core;

namespace Equecel.Hostile.Tests.Malformed;

/// <summary>Messages and rows that are too large, at every RPC, through the gateway and past it.</summary>
[Collection(Attacked.Name)]
public sealed class SizeTests(HostilePlatform platform)
{
    private const string Site = "08";
    private const int LargestRow = 64 * 1024;
    private const int SwellingRows = 300;
    private const int MostAttempts = 5;

    private static readonly Dictionary<int, byte[]> Messages = new int[] { 262_145, 300_000, 600_000, 5_000_000, 40_000_000 }.ToDictionary(size => size, Unknown);
    private static readonly Dictionary<int, byte[]> Rows = new int[] { LargestRow + 1, 300_000, 5_000_000, 40_000_000 }.ToDictionary(size => size, Unknown);

    public static TheoryData<string, bool> Rpcs(bool streams)
    {
        var data = new TheoryData<string, bool>();
        foreach (var rpc in Rpc.All.Where(rpc => rpc.TakesStream == streams))
        {
            data.Add(rpc.Path, false);
            data.Add(rpc.Path, true);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Rpcs), false)]
    public async Task A_message_that_is_too_large_is_refused_with_the_limit(string path, bool direct)
    {
        var (rpc, token) = Begin(path);
        foreach (var (size, message) in Messages)
        {
            var outcome = await CallAsync(rpc, direct, token, message);

            Assert.True((StatusCode.ResourceExhausted, "TOO_LARGE") == (outcome.Code, outcome.Reason), $"{size}: {outcome}");
            Assert.Contains("262144 bytes", outcome.Detail, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Rpcs), true)]
    public async Task A_row_that_is_too_large_ends_its_stream_at_once(string path, bool direct)
    {
        var (rpc, token) = Begin(path);
        var right = RequestMaker.Make(rpc, await platform.SubjectAsync(Site)).First().ToByteArray();
        foreach (var (size, row) in Rows)
        {
            var outcome = await CallAsync(rpc, direct, token, right, row, right, right);

            Assert.True((StatusCode.ResourceExhausted, "TOO_LARGE") == (outcome.Code, outcome.Reason), $"{size}: {outcome}");
        }
    }

    [Theory]
    [MemberData(nameof(Rpcs), true)]
    public async Task An_import_that_nobody_reads_the_verdicts_of_does_not_grow(string path, bool direct)
    {
        var (rpc, token) = Begin(path);
        // A row of as many empty elements as it may have bytes: thirty times as large once it is read.
        var swelling = ImportOf(rpc, [.. Enumerable.Repeat((byte[])[0x3A, 0x00], 32_000).SelectMany(pair => pair)]);

        var outcome = await platform.To(rpc, direct).CallAsync(rpc, token, [.. Enumerable.Repeat(swelling, SwellingRows)]);

        Assert.Equal(StatusCode.OK, outcome.Code);
        Assert.Equal(SwellingRows, outcome.Messages.Count);
        Assert.All(outcome.Messages, message => Assert.Equal(ImportOutcome.Refused, ImportVerdict.Parser.ParseFrom(message).Outcome));
    }

    [Fact]
    public async Task The_platform_is_unharmed_by_them() => await platform.Watch.UnharmedAsync();

    // A server that answers before everything was sent may close the connection on what still comes, and its answer is lost with that: so asked again.
    private async Task<Outcome> CallAsync(Rpc rpc, bool direct, string token, params byte[][] messages)
    {
        var outcome = await platform.To(rpc, direct).CallAsync(rpc, token, messages);
        for (var attempt = 1; attempt < MostAttempts && IsLost(outcome); attempt++)
        {
            outcome = await platform.To(rpc, direct).CallAsync(rpc, token, messages);
        }

        return outcome;
    }

    private static bool IsLost(Outcome outcome) =>
        outcome.Code == StatusCode.Unavailable || (outcome.Code == StatusCode.Internal && outcome.Reason.Length == 0);

    // Field 15999, of a version to come, as bytes.
    private static byte[] Unknown(int size)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream))
        {
            output.WriteTag(15_999, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(new byte[size]));
        }

        return stream.ToArray();
    }

    // The header of the row's submission is its field 1, as the row is of the request.
    private static byte[] ImportOf(Rpc rpc, byte[] header)
    {
        var submission = Submissions.New(Submissions.In(rpc.Request)!);
        submission.Descriptor.FindFieldByName("header").Accessor.SetValue(submission, SubmissionHeader.Parser.ParseFrom(header));
        return Submissions.As(rpc.Request, submission).ToByteArray();
    }

    private (Rpc Rpc, string Token) Begin(string path)
    {
        var rpc = Rpc.Find(path);
        return (rpc, rpc.Access!.ConfinedToSite ? platform.SiteToken(Site) : platform.Token(rpc.Access.Scope));
    }
}
