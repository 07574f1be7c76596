using System.Globalization;
using Equecel.Hostile.Tests.Requests;
using Equecel.Hostile.Tests.Running;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace Equecel.Hostile.Tests.Markers;

/// <summary>Values that are nowhere else, in every clinical field, saved and refused: they are in databases and messages, and nowhere else.</summary>
[Collection(Searched.Name)]
public sealed class MarkerTests(SearchedPlatform platform)
{
    private const string Site = "07";

    // Added to a number that is accepted; no log has it by chance.
    private const double Odd = 0.728_193_645;

    [Fact]
    public async Task What_a_form_says_is_in_databases_and_messages_and_nowhere_else()
    {
        var subject = await platform.SubjectAsync(Site);
        await platform.SubjectAsync("01");
        var markers = new HashSet<string> { subject.Secret };
        foreach (var sample in subject.Samples)
        {
            await MarkAsync(sample, markers);
            await ProvokeAsync(sample);
        }

        await Eventually.TrueAsync(() => platform.Bodies.Any(body => body.Contains(subject.Secret, StringComparison.Ordinal)));
        await BreakAsync(subject, "messaging");
        await BreakAsync(subject, "postgres");
        await Eventually.TrueAsync(() => platform.CollectedCount > 10);

        // That they are found where they may be shows that they would be found elsewhere.
        Assert.True(markers.Count > 4, string.Join(' ', markers));
        var journals = await Journals.OpenAsync(platform.Platform);
        var stored = string.Join('\n', await journals.ReadAsync("select form::text from records", row => row.GetString(0)));
        Assert.All(markers, marker => Assert.Contains(marker, stored, StringComparison.Ordinal));
        foreach (var (where, text) in await platform.EverythingAsync())
        {
            Assert.All(markers, marker => Assert.False(text.Contains(marker, StringComparison.OrdinalIgnoreCase), $"{marker} is in {where}: {Around(text, marker)}"));
        }
    }

    private static string Around(string text, string marker)
    {
        var at = text.IndexOf(marker, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? "" : text[Math.Max(0, at - 300)..Math.Min(text.Length, at + 100)];
    }

    /// <summary>Puts an odd number into every field that takes one, and takes note of every value that is nowhere else.</summary>
    private async Task MarkAsync(Sample sample, HashSet<string> markers)
    {
        var rpc = SubmitOf(sample);
        var submission = RequestMaker.Amendment(sample);
        foreach (var leaf in FieldPath.Leaves(submission).Where(leaf => IsClinical(leaf, submission)).ToList())
        {
            if (leaf.Field is { FieldType: FieldType.Double, IsRepeated: false })
            {
                var odd = Submissions.Clone(submission);
                leaf.Set(odd, (double)leaf.ValueIn(odd)! + Odd);
                if ((await platform.SubmitAsync(rpc, Site, odd)).Code == StatusCode.OK)
                {
                    submission = odd;
                    markers.Add(((double)leaf.ValueIn(odd)!).ToString("R", CultureInfo.InvariantCulture));
                }
            }
            else if (leaf.Field.Name.EndsWith("_date", StringComparison.Ordinal) && leaf.ValueIn(submission) is string { Length: 10 } date)
            {
                markers.Add(date);
            }
        }

        Submissions.HeaderOf(submission).ValidateOnly = false;
        Assert.Equal(StatusCode.OK, (await platform.SubmitAsync(rpc, Site, submission)).Code);
    }

    /// <summary>Sends the form in every way that is refused.</summary>
    private async Task ProvokeAsync(Sample sample)
    {
        var rpc = SubmitOf(sample);
        foreach (var leaf in FieldPath.Leaves(sample.Submission).ToList())
        {
            foreach (var trap in Values.Traps.For(leaf.Field).Where(trap => trap.MustBeRefused).Take(3))
            {
                var wrong = RequestMaker.New(sample);
                leaf.Set(wrong, trap.Value is string text ? $"{Secret(sample)}{text}" : trap.Value);
                await platform.SubmitAsync(rpc, Site, wrong);
            }
        }

        var stale = RequestMaker.Amendment(sample);
        Submissions.HeaderOf(stale).ExpectedVersion = RequestMaker.NoVersion;
        var reused = RequestMaker.New(sample);
        Submissions.HeaderOf(reused).RequestId = sample.Record.RequestId;
        foreach (var submission in (IMessage[])[stale, reused, RequestMaker.New(sample)])
        {
            Submissions.HeaderOf(submission).ValidateOnly = false;
            await platform.SubmitAsync(rpc, Site, submission);
            await platform.To(rpc, direct: false).CallAsync(rpc, platform.SiteToken("01"), submission.ToByteArray());
            await platform.To(rpc, direct: false).CallAsync(rpc, token: null, submission.ToByteArray());
            await platform.To(rpc, direct: false).CallAsync(rpc, platform.SiteToken(Site), submission.ToByteArray()[..^3]);
        }

        foreach (var import in Rpc.All.Where(known => known.Service == sample.Service && known.TakesStream))
        {
            await platform.To(import, direct: false).CallAsync(import, platform.SiteToken(Site), Submissions.As(import.Request, stale).ToByteArray());
        }
    }

    /// <summary>Ends a server while forms are being saved.</summary>
    private async Task BreakAsync(Subject subject, string server)
    {
        var well = await platform.Platform.KillAsync(server);
        foreach (var sample in subject.Samples)
        {
            var submission = RequestMaker.Amendment(sample);
            Submissions.HeaderOf(submission).ValidateOnly = false;
            await platform.SubmitAsync(SubmitOf(sample), Site, submission);
        }

        await well();
    }

    private static string Secret(Sample sample)
    {
        var text = sample.Submission.ToString()!;
        var at = text.IndexOf("only", StringComparison.Ordinal);
        return at < 0 ? "" : text.Substring(at, 36);
    }

    private static bool IsClinical(FieldPath leaf, IMessage submission) =>
        $"{leaf}".StartsWith(Submissions.FormFieldOf(submission).Name + ".", StringComparison.Ordinal);

    private static Rpc SubmitOf(Sample sample) => Rpc.All.Single(rpc => rpc.Service == sample.Service && rpc.TakesForms && !rpc.TakesStream);
}
