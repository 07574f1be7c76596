namespace Equecel.EndToEnd.Tests.Recomputed;

public sealed class ReportTextTests
{
    private const string Page = """
        <style>p { margin: 6px; }</style><header><p>117 participants.</p></header><section class="chapter" aria-labelledby="care"><h2 id="care">Care</h2>
        <section class="part" aria-labelledby="deaths"><h3 id="deaths">Deaths</h3><figure><svg id="deaths-wide"><title>By day</title><desc>Died: 12.</desc><text x="1">Died</text><text x="2">12 &lt; 13</text></svg></figure>
        <table><caption><span>Deaths</span><span>95 %</span></caption><tr><td></td><th>All (N = 117)</th></tr><tr><th>Died</th><td>12 (10.3&#160;%)</td><td></td></tr><tr><th>Nobody</th><td>none</td></tr></table>
        <aside>A thing of 1 kind <b>and 2</b></aside></section></section>
        """;

    [Fact]
    public void Every_line_with_a_digit_is_read_whatever_it_is_in()
    {
        var lines = ReportText.Read(Page).Lines;

        Assert.Equal(["", "deaths"], lines.Select(part => part.Key));
        Assert.Equal(["117 participants."], lines[""]);
        Assert.Equal(["Died: 12.", "95 %", "All (N = 117)", "Died | 12 (10.3 %)", "A thing of 1 kind and 2"], lines["deaths"]);
    }

    [Fact]
    public void The_texts_of_a_picture_are_read_apart() =>
        Assert.Equal([("deaths-wide", "Died | 12 < 13")], ReportText.Read(Page).Figures.Select(figure => (figure.Key, figure.Value)));
}
