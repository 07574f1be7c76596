namespace Equecel.EndToEnd.Tests.Recomputed;

public sealed class ReportComparisonTests
{
    private const string Table = "<tr><th>Died</th><td>12</td></tr><tr><th>Recovered</th><td>3</td></tr>";
    private const string Picture = "<text>25 %</text><text>Died</text><text>12 (10.3 %)</text><text>−50</text>";

    [Theory]
    [InlineData(Table, Picture, "")]
    [InlineData("<p>Method. Of 168 days.</p>" + Table, Picture, "")]
    [InlineData("<p>A new one: 7.</p>" + Table, Picture, "deaths, shown: A new one: 7.")]
    [InlineData("<tr><th>Died</th><td>12</td></tr>", Picture, "deaths, recomputed: Recovered | 3")]
    [InlineData("<tr><th>Died</th><td>13</td></tr><tr><th>Recovered</th><td>3</td></tr>", Picture, "deaths, recomputed: Died | 12; deaths, shown: Died | 13")]
    [InlineData(Table + "<tr><th>Died</th><td>12</td></tr>", Picture, "deaths: the same lines in another order, or another number of times")]
    [InlineData(Table, Picture + "<text>N = 9</text>", "deaths-wide, shown: N = 9")]
    [InlineData(Table, "<text>Died</text><text>13 (10.3 %)</text>", "deaths-wide, recomputed: Died \\| 12 \\(10\\.3 %\\); deaths-wide, shown: 13 (10.3 %)")]
    public void What_is_in_one_alone_is_told(string table, string picture, string expected) =>
        Assert.Equal(expected, string.Join("; ", Differing($"<section class=\"part\" aria-labelledby=\"deaths\"><svg id=\"deaths-wide\">{picture}</svg>{table}</section>")));

    [Fact]
    public void A_part_and_a_picture_that_nobody_recomputed_are_told() => Assert.Equal(
        ["new, shown: N = 5", "new-wide, shown: 5 of 6"],
        ReportComparison.Differing(ReportText.Read("<section class=\"part\" aria-labelledby=\"new\"><svg id=\"new-wide\"><text>5 of 6</text></svg><p>N = 5</p></section>"), new(new Dictionary<string, string[]>(), new Dictionary<string, string[]>())));

    private static IEnumerable<string> Differing(string html) => ReportComparison.Differing(ReportText.Read(html), new(
        new Dictionary<string, string[]> { ["deaths"] = ["Died | 12", "Recovered | 3"] },
        new Dictionary<string, string[]> { ["deaths-wide"] = [@"Died \| 12 \(10\.3 %\)"] }));
}
