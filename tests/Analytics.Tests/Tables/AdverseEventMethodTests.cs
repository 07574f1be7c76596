namespace Equecel.Analytics.Tests.Tables;

/// <summary>What tables of adverse events say of how they are made.</summary>
public sealed class AdverseEventMethodTests
{
    private const string Death = "; a death after a cut-off makes no event fatal or serious; ";

    [Theory]
    [InlineData(
        V1.Topic.AdverseEvents,
        "Participants with at least one event with onset from infusion to infusion + 28 days, of all infused; CRS and ICANS by worst ASTCT grade, each participant once; "
        + "related: certainly, probably, possibly or not assessable; partial dates by section 12.8, what is not dated to the month apart")]
    [InlineData(
        V1.Topic.AdverseEventsByTerm,
        "Participants with the term with onset from infusion to infusion + 28 days, of all infused; once a term, at the worst grade; the supplied preferred term, else the site's words; most frequent first")]
    [InlineData(
        V1.Topic.AdverseEventsByClass,
        "Participants with an event of the class or term with onset from infusion to infusion + 28 days, of all infused; once a class and once a term, at the worst grade; "
        + "system organ classes and preferred terms as the sites supply them, else the site's words and a row of what is not coded; most frequent first")]
    public void Window_who_is_counted_and_rates_are_told(V1.Topic topic, string expected)
    {
        var request = new V1.GetTableRequest { Topic = topic, AdverseEventWindowDays = 28 };
        Assert.StartsWith(expected + Death + "Clopper–Pearson", new MadeStudy().Table(request).Method, StringComparison.Ordinal);

        request.ExposureAdjustedRates = true;
        Assert.StartsWith(expected + Death + "rates per 100 person-months", new MadeStudy().Table(request).Method, StringComparison.Ordinal);
    }
}
