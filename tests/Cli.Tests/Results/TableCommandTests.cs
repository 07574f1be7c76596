using Equecel.Analytics.V1;
using Equecel.Client.Tests.Peer;

namespace Equecel.Cli.Tests.Results;

public sealed class TableCommandTests : IAsyncLifetime
{
    private TestPlatform platform = null!;

    public async Task InitializeAsync() => platform = await TestPlatform.StartAsync();

    public async Task DisposeAsync() => await platform.DisposeAsync();

    [Theory]
    [InlineData("", TableCell.Types.Part.Unspecified)]
    [InlineData("--denominator", TableCell.Types.Part.Denominator)]
    public async Task Who_is_behind_a_cell_or_its_denominator_is_listed(string part, TableCell.Types.Part expected)
    {
        ListContributorsRequest asked = null!;
        platform.Analytics.OnContributors = request =>
        {
            asked = request.Clone();
            return new() { Contributors = { new ListContributorsResponse.Types.Contributor { Participant = "01-0001", Contribution = "infused on 2025-03-01" } } };
        };

        var run = await CommandLineRun.RunAsync(
            platform, ["table", "best-response", "--by", "provenance", "--who", "orr", "--column", "PROSPECTIVE", .. part.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.Equal(["01-0001  infused on 2025-03-01"], run.Lines);
        Assert.Equal(("orr", "PROSPECTIVE", expected), (asked.Cell.Row, asked.Cell.Column, asked.Cell.Part));
        Assert.Equal((Topic.BestResponse, Grouping.Provenance), (asked.Cell.Table.Topic, asked.Cell.Table.Grouping));
    }

    [Theory]
    [InlineData("--denominator")]
    [InlineData("--column PROSPECTIVE")]
    public async Task What_is_asked_of_a_cell_asks_for_its_row(string options)
    {
        var run = await CommandLineRun.RunAsync(platform, ["table", "best-response", .. options.Split(' ')]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("go with --who: name the row.", run.Error, StringComparison.Ordinal);
    }
}
