using Equecel.Analytics.Derivation;
using Equecel.Analytics.Dossiers;
using Equecel.Analytics.Endpoints;
using Equecel.Analytics.Statistics;
using Equecel.Analytics.Tables;
using Equecel.Analytics.Tests.Datasets;
using Equecel.Analytics.V1;
using Equecel.Common.V1;

namespace Equecel.Analytics.Tests.Endpoints;

public sealed class EndpointColumnsTests
{
    private static readonly List<Dossier> Dossiers = RichStudy.Make().Dossiers;

    [Theory]
    [InlineData(DataOrigin.Unspecified, "")]
    [InlineData(DataOrigin.Prospective, "")]
    [InlineData(DataOrigin.Retrospective, "02")]
    [InlineData(DataOrigin.Unspecified, "01")]
    [InlineData(DataOrigin.Unspecified, "", "FEMALE")]
    [InlineData(DataOrigin.Prospective, "01", "MALE")]
    [InlineData(DataOrigin.Unspecified, "", "FEMALE", "MALE")]
    public void Every_curve_counts_from_the_columns_whom_it_counts_from_the_dossiers(DataOrigin origin, string site, params string[] sexes)
    {
        var columns = Columns(Dossiers);
        var subgroups = sexes.Select(sex => new Subgroup { Grouping = Grouping.Sex, Key = sex });
        var population = StudyPopulation.Of(new Population { Sites = { Enumerable.Repeat(site, site.Length == 0 ? 0 : 1) }, Origin = origin, Subgroups = { subgroups } });
        foreach (var time in Enum.GetValues<CurveTime>())
        {
            foreach (var grouping in Enum.GetValues<Grouping>())
            {
                var scope = new CurveScope(time, grouping, population, Cutoff: null);
                var expected = new CurveCounts();
                Dossiers.FindAll(dossier => site.Length == 0 || dossier.Site == site).ForEach(dossier => expected.Add(dossier, scope));
                Assert.Equal(InWords(expected), InWords(CurveCounts.Of(columns, scope)));
            }
        }
    }

    [Fact]
    public void What_is_set_again_takes_the_place_of_what_was_and_a_participant_without_records_is_nowhere()
    {
        var columns = Columns(Dossiers);
        var scope = new CurveScope(CurveTime.Os, Grouping.Site, StudyPopulation.Of(null), Cutoff: null);
        for (var row = 0; row < Dossiers.Count; row++)
        {
            columns.Set(row, EndpointRow.Derive(Dossiers[row] with { Records = row == 0 ? Dossiers[0].Records : [] }));
        }

        var counts = CurveCounts.Of(columns, scope);
        var table = counts.All.Times.ToTable();
        Assert.Equal((1, 1, 181.0), (table.SubjectCount, table.EventCount, table.Rows[0].Time));
        Assert.Equal(["01"], counts.Groups.Select(group => group.Key));
        Assert.Empty(counts.Exclusions);
    }

    [Fact]
    public void A_time_is_kept_whole()
    {
        var columns = new EndpointColumns();
        var row = EndpointRow.Derive(Dossiers[0]);
        foreach (var days in (int[])[1, 182, 183, 40_000, DayCounts.MaxDay, -30])
        {
            foreach (var reason in Enum.GetValues<EndReason>())
            {
                foreach (var outcome in Enum.GetValues<CompetingOutcome>())
                {
                    var time = new TimeToEvent(default, days, outcome, reason);
                    columns.Set(0, row with { Times = [.. row.Times.Select(_ => (TimeToEvent?)time)] });
                    Assert.Equal(time.Ended, EndpointColumns.Unpack(columns.Times(CurveTime.Pfs)[0]));
                }
            }
        }
    }

    private static EndpointColumns Columns(List<Dossier> dossiers)
    {
        var columns = new EndpointColumns();
        for (var row = 0; row < dossiers.Count; row++)
        {
            columns.Set(row, EndpointRow.Derive(dossiers[row]));
        }

        return columns;
    }

    private static string InWords(CurveCounts counts) => $"{InWords(counts.All)} | {string.Join(", ", counts.Groups.Select(group => $"{group.Key}: {InWords(group.Value)}"))} | {string.Join(", ", counts.Exclusions)}";

    private static string InWords(StratumCounts counts) => $"{InWords(counts.Times)} followed {InWords(counts.FollowUp)} ended {string.Join(", ", counts.Ends)}";

    private static string InWords(DayCounts counts) => string.Join(", ", counts.ToCompetingTable().Rows);
}
