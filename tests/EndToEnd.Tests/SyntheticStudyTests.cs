using System.Text.Json.Nodes;
using Equecel.EndToEnd.Tests.Running;
using Equecel.Records.V1;

namespace Equecel.EndToEnd.Tests;

/// <summary>Twelve hospitals send a whole synthetic study, on a platform of its own.</summary>
public sealed class SyntheticStudyTests : IAsyncLifetime
{
    // One planted contradiction of each kind is asked about by its code.
    private static readonly string[] Planted = ["E07", "E12", "E22", "A03", "S09", "Q02"];

    private Platform platform = null!;

    public async Task InitializeAsync() => platform = await Platform.StartAsync();

    public async Task DisposeAsync() => await platform.DisposeAsync();

    [Fact]
    public async Task A_study_of_every_form_is_taken_and_shown_and_its_contradictions_are_asked_about()
    {
        var run = await CommandLine.RunAsync(platform, "study", "--json");
        Assert.True(run.ExitCode == 0, run.ToString());
        var study = JsonNode.Parse(run.Output)!;
        Assert.Equal(0, Sum(study, "refused"));
        Assert.True(Sum(study, "saved") > 9_000, $"{Sum(study, "saved")} rows");

        var tables = study["tables"]!.AsArray().ToDictionary(table => (string)table!["topic"]!, table => table!["rows"]!.AsArray());
        Assert.InRange(Estimate(tables["TOPIC_BEST_RESPONSE"]), 80, 100);
        Assert.All(tables.Values, rows => Assert.Contains(rows, row => Number(row!) > 0));
        Assert.InRange((double)study["progressionFreeSurvival"]!["strata"]![0]!["rates"]![0]!["survival"]!, 0.75, 0.97);

        Assert.Empty(Planted.Except(await Eventually.GetAsync(AskedAsync, asked => !Planted.Except(asked).Any())));

        var again = JsonNode.Parse((await CommandLine.RunAsync(platform, "study", "--json")).Output)!;
        Assert.Equal((0, 0), (Sum(again, "saved"), Sum(again, "refused")));
    }

    private static int Sum(JsonNode study, string outcome) =>
        study["sent"]!.AsArray().Sum(site => site!["services"]!.AsObject().Sum(service => (int)service.Value![outcome]!));

    // The overall response rate.
    private static double Estimate(JsonArray rows) => (double)rows.Single(row => (string)row!["key"]! == "orr")!["cells"]![0]!["estimate"]!;

    private static long Number(JsonNode row) => row["cells"]!.AsArray().Sum(cell =>
        (long.TryParse((string?)cell!["participantCount"], out var participants) ? participants : 0) + (long.TryParse((string?)cell["eventCount"], out var events) ? events : 0));

    private async Task<HashSet<string>> AskedAsync()
    {
        var codes = new HashSet<string>();
        using var team = platform.Client("study-team");
        var request = new ListQueriesRequest { PageSize = 500 };
        codes.UnionWith(await CodesAsync(async token => await team.Enrolment.ListQueriesAsync(Page(token)) is var page
            ? (page.Records.Select(record => record.DataQuery), page.NextPageToken) : default));
        codes.UnionWith(await CodesAsync(async token => await team.Assessment.ListQueriesAsync(Page(token)) is var page
            ? (page.Records.Select(record => record.DataQuery), page.NextPageToken) : default));
        codes.UnionWith(await CodesAsync(async token => await team.Safety.ListQueriesAsync(Page(token)) is var page
            ? (page.Records.Select(record => record.DataQuery), page.NextPageToken) : default));
        codes.UnionWith(await CodesAsync(async token => await team.Questionnaire.ListQueriesAsync(Page(token)) is var page
            ? (page.Records.Select(record => record.DataQuery), page.NextPageToken) : default));
        return codes;

        ListQueriesRequest Page(string token) => new(request) { PageToken = token };
    }

    private static async Task<IReadOnlyList<string>> CodesAsync(Func<string, Task<(IEnumerable<DataQuery> Queries, string Next)>> read)
    {
        var codes = new List<string>();
        var token = "";
        do
        {
            var (queries, next) = await read(token);
            codes.AddRange(queries.Select(query => query.Code));
            token = next;
        }
        while (token.Length > 0);

        return codes;
    }
}
