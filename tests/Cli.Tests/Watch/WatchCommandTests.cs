using Equecel.Client.Tests.Peer;
using Equecel.Enrolment.V1;
using Google.Protobuf;

namespace Equecel.Cli.Tests.Watch;

public sealed class WatchCommandTests : IAsyncLifetime
{
    private TestPlatform platform = null!;

    public async Task InitializeAsync()
    {
        platform = await TestPlatform.StartAsync();
        platform.Enrolment.OnWatch = async (request, changes, _) =>
        {
            await changes.WriteAsync(new()
            {
                Record = new() { Header = new() { RecordId = "r1", Version = 2, Kind = "infusion", Participant = "01-0001", Actor = "site-01" } },
                ResumeToken = $"{request.ResumeToken}1",
            });
            await changes.WriteAsync(new() { ResumeToken = $"{request.ResumeToken}2", CaughtUp = true });
        };
    }

    public async Task DisposeAsync() => await platform.DisposeAsync();

    [Fact]
    public async Task A_change_is_a_line_with_its_token()
    {
        var run = await CommandLineRun.RunAsync(platform, "watch", "--until-caught-up", "--from", "t");

        Assert.Equal(0, run.ExitCode);
        Assert.EndsWith("infusion  01-0001  r1 v2  AMENDED  by site-01  t1", Assert.Single(run.Lines), StringComparison.Ordinal);
        Assert.Equal("Go on with --from t2\n", run.Error);
    }

    [Fact]
    public async Task Some_kinds_alone_are_followed()
    {
        platform.Enrolment.OnWatch = (request, changes, _) => changes.WriteAsync(new() { ResumeToken = string.Join('+', request.Kinds), CaughtUp = true });

        var run = await CommandLineRun.RunAsync(platform, "watch", "--kinds", "infusion", "freeze", "--until-caught-up");

        Assert.Equal("Go on with --from infusion+freeze\n", run.Error);
    }

    [Fact]
    public async Task What_Assessment_computes_is_followed_as_well()
    {
        platform.Assessment.OnWatch = (_, changes, _) => changes.WriteAsync(new()
        {
            Record = new() { Header = new() { RecordId = "r2", Version = 1, Kind = "computed_response", Participant = "01-0001", Actor = "assessment" } },
            ResumeToken = "1",
            CaughtUp = true,
        });

        var run = await CommandLineRun.RunAsync(platform, "watch", "--service", "assessment", "--until-caught-up");

        Assert.EndsWith("computed_response  01-0001  r2 v1  NEW  by assessment  1", Assert.Single(run.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_Questionnaire_saves_is_followed_as_well()
    {
        platform.Questionnaire.OnWatch = (_, changes, _) => changes.WriteAsync(new()
        {
            Record = new() { Header = new() { RecordId = "r3", Version = 1, Kind = "qlq_c30", Participant = "01-0001", Actor = "site-01" } },
            ResumeToken = "1",
            CaughtUp = true,
        });

        var run = await CommandLineRun.RunAsync(platform, "watch", "--service", "questionnaire", "--until-caught-up");

        Assert.EndsWith("qlq_c30  01-0001  r3 v1  NEW  by site-01  1", Assert.Single(run.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_has_every_message_with_its_token()
    {
        var run = await CommandLineRun.RunAsync(platform, "watch", "--until-caught-up", "--json");

        Assert.Equal(["1", "2"], run.Lines.Select(line => JsonParser.Default.Parse<EnrolmentRecordChange>(line).ResumeToken));
    }
}
