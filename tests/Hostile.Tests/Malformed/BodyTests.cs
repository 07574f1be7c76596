using System.Collections.Concurrent;
using System.Globalization;
using Equecel.Hostile.Tests.Requests;
using Equecel.Hostile.Tests.Running;
using Equecel.Records.V1;
using Google.Protobuf;
using Grpc.Core;
using Xunit.Abstractions;

namespace Equecel.Hostile.Tests.Malformed;

/// <summary>
/// Bodies that are well-formed but for a few changes, at every RPC. The environment variable <c>EQUECEL_HOSTILE_BODIES</c> says how many
/// (5,000; a long run takes 100,000 and more), <c>EQUECEL_HOSTILE_SEED</c> which ones.
/// </summary>
[Collection(Attacked.Name)]
public sealed class BodyTests(HostilePlatform platform, ITestOutputHelper output)
{
    private const string Site = "04";
    private const int AtOnce = 8;

    private static readonly StatusCode[] Answers =
    [
        StatusCode.OK, StatusCode.InvalidArgument, StatusCode.FailedPrecondition, StatusCode.NotFound, StatusCode.AlreadyExists, StatusCode.Aborted,
        StatusCode.PermissionDenied, StatusCode.ResourceExhausted,
    ];

    [Fact]
    public async Task A_malformed_body_is_refused_and_leaves_nothing_behind()
    {
        var (count, seed) = (Setting("EQUECEL_HOSTILE_BODIES", 5_000), Setting("EQUECEL_HOSTILE_SEED", Environment.TickCount & 0xFFFFFF));
        output.WriteLine($"{count} bodies of the seed {seed}");
        var subject = await platform.SubjectAsync(Site);
        var requests = Rpc.All.SelectMany(rpc => RequestMaker.Make(rpc, subject).Select(request => (Rpc: rpc, Body: request.ToByteArray()))).ToArray();
        var journals = await Journals.OpenAsync(platform.Platform);
        var before = await journals.VersionsAsync(Site);
        var saved = new ConcurrentBag<(string RecordId, int Version)>(before);
        var codes = new ConcurrentDictionary<StatusCode, int>();

        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) =>
        {
            var dice = new Random(HashCode.Combine(seed, number));
            var (rpc, body) = requests[number % requests.Length];
            var bodies = Enumerable.Range(0, rpc.TakesStream ? dice.Next(1, 4) : 1).Select(_ => new Mutation(dice).Of(body)).ToArray();
            var token = rpc.Access!.ConfinedToSite ? platform.SiteToken(Site) : platform.Token(rpc.Access.Scope);
            var outcome = await platform.To(rpc, direct: dice.Next(2) == 0).CallAsync(rpc, token, bodies);

            var what = $"Body {number} of seed {seed} at {rpc}: {outcome}. {string.Join(' ', bodies.Select(Convert.ToHexString))}";
            Assert.True(Answers.Contains(outcome.Code), what);
            Assert.True(outcome.Code == StatusCode.OK || outcome.Reason.Length > 0, what);
            Assert.All(SavedBy(rpc, outcome), saved.Add);
            codes.AddOrUpdate(outcome.Code, 1, (_, known) => known + 1);
        });

        output.WriteLine(string.Join(", ", codes.OrderBy(code => code.Key).Select(code => $"{code.Key} {code.Value}")));
        Assert.Equal(saved.Distinct().Order(), (await journals.VersionsAsync(Site)).Order());
    }

    [Fact]
    public async Task The_platform_is_unharmed_by_them() => await platform.Watch.UnharmedAsync();

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    private static IEnumerable<(string RecordId, int Version)> SavedBy(Rpc rpc, Outcome outcome)
    {
        foreach (var message in outcome.Messages)
        {
            if (rpc.Method.OutputType == ImportVerdict.Descriptor)
            {
                var verdict = ImportVerdict.Parser.ParseFrom(message);
                if (verdict.Outcome == ImportOutcome.Saved)
                {
                    yield return (verdict.RecordId, verdict.Version);
                }
            }
            else if (!rpc.Method.IsServerStreaming && rpc.Method.OutputType.FindFieldByName("header")?.MessageType == RecordHeader.Descriptor)
            {
                var record = rpc.Method.OutputType.Parser.ParseFrom(message);
                var header = (RecordHeader)record.Descriptor.FindFieldByName("header").Accessor.GetValue(record);
                if (header.Site == Site && header.RecordId.Length > 0)
                {
                    yield return (header.RecordId, header.Version);
                }
            }
        }
    }
}
