using Equecel.Safety.V1;

namespace Equecel.Analytics.Tests.Tables;

public sealed class AdverseEventsByClassTests
{
    private const string Blood = "Blood and lymphatic system disorders";
    private const string Infections = "Infections and infestations";

    [Fact]
    public void A_participant_counts_once_a_class_and_once_a_term_at_the_worst_grade()
    {
        var table = new MadeStudy()
            .Infused("01-0001", Event("Low neutrophils", 4, Blood, "Neutropenia"), Event("Neutropenia again", 2, Blood, "Neutropenia"), Event("Anaemia", 3, Blood, "Anaemia"))
            .Infused("01-0002", Event("Low neutrophils", 3, Blood, "Neutropenia"), Event("Cold", 1, Infections, "Nasopharyngitis"))
            .Infused("01-0003")
            .Table(V1.Topic.AdverseEventsByClass);

        const string blood = "class/blood and lymphatic system disorders";
        Assert.Equal("2/3 2/3 1/3", $"{table.Share("any")} {table.Share(blood)} {table.Share("class/infections and infestations")}");
        Assert.Equal((5, 4), (table.Cell("any").EventCount, table.Cell(blood).EventCount));
        Assert.Equal("2/3 1/3", $"{table.Share($"{blood}/term/neutropenia")} {table.Share($"{blood}/term/anaemia")}");
        Assert.Equal("1/3 1/3 0/3 2/3", string.Join(' ', ((string[])["grade-4", "grade-3", "grade-2", "grade-3-or-more"]).Select(grade => table.Share($"{blood}/{grade}"))));
        Assert.Equal("1/3 1/3 0/3", string.Join(' ', ((string[])["grade-4", "grade-3", "grade-2"]).Select(grade => table.Share($"{blood}/term/neutropenia/{grade}"))));
    }

    [Fact]
    public void Classes_come_most_frequent_first_each_with_its_terms_and_what_is_not_coded_comes_last()
    {
        var table = new MadeStudy()
            .Infused("01-0001", Event("Fever", 1), Event("Cold", 1, Infections, "Nasopharyngitis"))
            .Infused("01-0002", Event("Fever", 1), Event("Low neutrophils", 3, Blood, "Neutropenia"))
            .Infused("01-0003", Event("Fever", 1), Event("Anaemia", 3, Blood, "Anaemia"))
            .Infused("01-0004", Event("Anaemia", 3, Blood, "Anaemia"))
            .Table(V1.Topic.AdverseEventsByClass);

        string[] own = ["related", "serious", "grade-3-or-more", "grade-1", "grade-2", "grade-3", "grade-4", "grade-5"];
        string[] kinds =
        [
            "any", "class/blood and lymphatic system disorders", "class/blood and lymphatic system disorders/term/anaemia", "class/blood and lymphatic system disorders/term/neutropenia",
            "class/infections and infestations", "class/infections and infestations/term/nasopharyngitis", "not-coded", "not-coded/term/fever",
        ];
        Assert.Equal(kinds.SelectMany(kind => own.Select(below => $"{kind}/{below}").Prepend(kind)), table.Rows.Select(row => row.Key));
        Assert.Equal([0, 0, 1, 1, 0, 1, 0, 1], kinds.Select(kind => table.Rows.Single(row => row.Key == kind).Level));
    }

    [Theory]
    [InlineData(Blood, "Neutropenia", "class/blood and lymphatic system disorders/term/neutropenia")]
    [InlineData(" BLOOD and lymphatic system disorders ", "neutropenia", "class/blood and lymphatic system disorders/term/neutropenia")]
    [InlineData("血液及淋巴系统疾病", "中性粒细胞减少症", "class/血液及淋巴系统疾病/term/中性粒细胞减少症")]
    [InlineData("Injury/poisoning", "", "class/injury/poisoning/term/low neutrophils")]
    [InlineData("", "Neutropenia", "not-coded/term/neutropenia")]
    [InlineData(" ", " ", "not-coded/term/low neutrophils")]
    public void What_is_not_supplied_stays_as_the_site_wrote_it(string soc, string pt, string expected)
    {
        var table = new MadeStudy().Infused("01-0001", Event("Low neutrophils", 3, soc, pt)).Table(V1.Topic.AdverseEventsByClass);

        Assert.Equal(expected, table.Rows.Single(row => row.Key.Contains("/term/", StringComparison.Ordinal) && row.Level == 1).Key);
        Assert.Equal("1/1", table.Share(expected));
    }

    [Fact]
    public void What_is_not_coded_at_all_says_so()
    {
        var table = new MadeStudy().Infused("01-0001", new AdverseEvent { Term = "Fever", OnsetDate = "2025-03-05", Grade = 1 }).Table(V1.Topic.AdverseEventsByClass);

        var notCoded = table.Rows.Single(row => row.Key == "not-coded");
        Assert.Equal(("Not coded: no system organ class supplied", "未编码：未提供系统器官分类"), (notCoded.Label, notCoded.LabelZh));
    }

    [Fact]
    public void Who_is_behind_a_class_is_told_with_every_event_of_it()
    {
        var study = new MadeStudy().Infused("01-0001", Event("Low neutrophils", 4, Blood, "Neutropenia"), Event("Anaemia", 3, Blood, "Anaemia"), Event("Cold", 1, Infections, "Nasopharyngitis"));

        var behind = study.Contributors(new V1.GetTableRequest { Topic = V1.Topic.AdverseEventsByClass }, "class/blood and lymphatic system disorders").Contributors.Single();

        Assert.Equal("Low neutrophils, grade 4, day 5; Anaemia, grade 3, day 5", behind.Contribution);
        Assert.Equal(2, behind.Sources.Count);
    }

    [Fact]
    public void Without_events_the_table_says_that_nobody_had_any()
    {
        var table = new MadeStudy().Infused("01-0001").Table(V1.Topic.AdverseEventsByClass);

        Assert.Equal(["any"], table.Rows.Select(row => row.Key));
        Assert.Equal("0/1", table.Share("any"));
    }

    private static AdverseEvent Event(string term, int grade, string soc = "", string pt = "") => new()
    {
        Term = term,
        OnsetDate = "2025-03-05",
        Grade = grade,
        Coding = new AdverseEvent.Types.MedDraCoding { Version = "27.0", Soc = soc, Pt = pt },
    };
}
