using Equecel.Analytics.V1;
using Equecel.Assessment.V1;
using Equecel.Client.Tests.Peer;
using Equecel.Common.V1;
using static Equecel.Analytics.V1.SwimmerLane.Types;

namespace Equecel.Cli.Tests.Results;

public sealed class SwimmerCommandTests : IAsyncLifetime
{
    private TestPlatform platform = null!;

    public async Task InitializeAsync()
    {
        platform = await TestPlatform.StartAsync();
        platform.Analytics.Lanes.Add(new SwimmerItem { Lane = Lane() });
        platform.Analytics.Lanes.Add(new SwimmerItem { Summary = new() { ParticipantCount = 1, Method = "as recorded", Exclusions = { new Exclusion { Reason = "not infused", ParticipantCount = 2 } } } });
    }

    public async Task DisposeAsync() => await platform.DisposeAsync();

    [Fact]
    public async Task A_person_gets_a_line_for_each_participant_and_how_they_were_made()
    {
        var run = await CommandLineRun.RunAsync(platform, "swimmer");

        Assert.Equal(0, run.ExitCode);
        // Fourteen days a mark: day 28 is the second, day 84 the sixth, day 112 the eighth, day 147 the eleventh, day 185 the fourteenth.
        Assert.Equal("01-0001     pro    CR, day 84     185 died    .PPPPCCX..n..D", run.Lines[1]);
        Assert.Equal(["1 participants", "Left out: 2 not infused", "Method: as recorded"], run.Lines.Skip(2).Take(3));
    }

    [Fact]
    public async Task Json_is_a_line_for_each_item_as_it_came()
    {
        var run = await CommandLineRun.RunAsync(platform, "swimmer", "--json");

        Assert.Equal(platform.Analytics.Lanes, run.Lines.Select(line => Google.Protobuf.JsonParser.Default.Parse<SwimmerItem>(line)));
    }

    [Fact]
    public async Task The_records_of_a_line_are_named_below_it_when_asked_for()
    {
        platform.Analytics.Lanes[0].Lane.Sources.Add(new ListContributorsResponse.Types.Source { Service = "safety", Kind = "death", RecordId = "r1", Version = 2 });

        var run = await CommandLineRun.RunAsync(platform, "swimmer", "--sources", "--cutoff", "2026-02-01");

        Assert.Equal("    safety death r1 version 2", run.Lines[2]);
        Assert.Equal(new ListSwimmerLanesRequest { Population = new(), DataCutoffDate = "2026-02-01", WithSources = true }, platform.Analytics.LanesAsked);
    }

    private static SwimmerLane Lane() => new()
    {
        Participant = "01-0001",
        Site = "01",
        Origin = DataOrigin.Prospective,
        LastDay = 185,
        End = End.Death,
        BestResponse = Response.Complete,
        BestResponseDay = 84,
        CurrentSpans =
        {
            new Span { FirstDay = 28, LastDay = 83, Response = Response.Partial },
            new Span { FirstDay = 84, LastDay = 111, Response = Response.Complete },
            new Span { FirstDay = 112, LastDay = 112, Response = Response.ProgressiveDisease },
        },
        Marks =
        {
            new Mark { Day = 112, Kind = Mark.Types.Kind.Progression },
            new Mark { Day = 147, Kind = Mark.Types.Kind.NewTherapy, Detail = "Anti-CD38" },
            new Mark { Day = 185, Kind = Mark.Types.Kind.Death },
        },
    };
}
