using Equecel.Analytics.V1;
using Equecel.Client.Tests.Peer;
using Equecel.Common.V1;

namespace Equecel.Cli.Tests.Results;

public sealed class TableSwitchesTests : IAsyncLifetime
{
    private static readonly string[] Everything =
    [
        "table", "best-response", "--by", "sex", "--level", "0.9", "--interval", "wilson", "--response", "algorithmic", "--tolerance", "14", "--evaluable-only", "--window", "28", "--rates",
        "--qlq-c30-threshold", "5", "--eq5d-threshold", "0.08", "--cutoff", "2026-02-01", "--site", "01", "--origin", "retrospective", "--subgroup", "age=FROM_65", "--json",
    ];

    private readonly List<GetTableRequest> asked = [];
    private TestPlatform platform = null!;

    public async Task InitializeAsync()
    {
        platform = await TestPlatform.StartAsync();
        platform.Analytics.OnTable = request =>
        {
            asked.Add(request);
            return new();
        };
    }

    public async Task DisposeAsync() => await platform.DisposeAsync();

    [Fact]
    public async Task Every_option_reaches_the_request()
    {
        var run = await CommandLineRun.RunAsync(platform, [.. Everything, "--as-of", "interim-1"]);

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal(
            [
                new GetTableRequest
                {
                    Topic = Topic.BestResponse,
                    Grouping = Grouping.Sex,
                    Population = new() { Sites = { "01" }, Origin = DataOrigin.Retrospective, Subgroups = { new Subgroup { Grouping = Grouping.Age, Key = "FROM_65" } } },
                    ConfidenceLevel = 0.9,
                    ProportionInterval = ProportionInterval.Wilson,
                    ResponseBasis = ResponseBasis.Algorithmic,
                    WindowToleranceDays = 14,
                    EvaluableOnly = true,
                    AdverseEventWindowDays = 28,
                    ExposureAdjustedRates = true,
                    QlqC30Threshold = 5,
                    Eq5DThreshold = 0.08,
                    Snapshot = "interim-1",
                    DataCutoffDate = "2026-02-01",
                },
            ],
            asked);
    }

    [Fact]
    public async Task Every_field_of_the_request_has_an_option()
    {
        await CommandLineRun.RunAsync(platform, [.. Everything, "--as-of", "interim-1"]);
        await CommandLineRun.RunAsync(platform, [.. Everything, "--as-of", "2026-03-01T00:00:00Z"]);

        var never = GetTableRequest.Descriptor.Fields.InDeclarationOrder()
            .Where(field => asked.TrueForAll(request => Equals(field.Accessor.GetValue(request), field.Accessor.GetValue(new GetTableRequest()))));
        Assert.Empty(never.Select(field => field.Name));
    }

    [Fact]
    public async Task What_is_not_given_is_what_the_plan_says()
    {
        await CommandLineRun.RunAsync(platform, "table", "adverse-events", "--json");

        Assert.Equal(
            [
                new GetTableRequest
                {
                    Topic = Topic.AdverseEvents, Population = new(), ConfidenceLevel = 0.95, ProportionInterval = ProportionInterval.ClopperPearson, ResponseBasis = ResponseBasis.AsAssessed,
                },
            ],
            asked);
    }

    [Theory]
    [InlineData("adverse-events --window 0", "'0' is no number above 0 for --window.")]
    [InlineData("adverse-events --window 2.5", "'2.5' is no number above 0 for --window.")]
    [InlineData("quality-of-life --qlq-c30-threshold -5", "'-5' is no number above 0 for --qlq-c30-threshold.")]
    [InlineData("quality-of-life --eq5d-threshold 0,08", "'0,08' is no number above 0 for --eq5d-threshold.")]
    [InlineData("best-response --tolerance some", "some")]
    [InlineData("best-response --interval wald", "wald")]
    public async Task What_would_be_taken_for_something_else_is_usage(string line, string part)
    {
        var run = await CommandLineRun.RunAsync(platform, ["table", .. line.Split(' ')]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(part, run.Error, StringComparison.Ordinal);
        Assert.Empty(asked);
    }
}
