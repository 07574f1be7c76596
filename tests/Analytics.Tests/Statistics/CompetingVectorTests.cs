using System.Text.Json;
using Equecel.Analytics.Statistics;

namespace Equecel.Analytics.Tests.Statistics;

public sealed class CompetingVectorTests
{
    // R sums to 1 - 1e-16 or to 1, and has limits in one case and none in the other.
    private const double AlmostOne = 1 - 1e-12;

    public static TheoryData<string> Sets => [.. SurvivalVector.Ids("competing")];

    [Fact]
    public void Every_set_of_the_index_is_tested() => Assert.Equal(5, Sets.Count);

    [Theory]
    [MemberData(nameof(Sets))]
    public void Every_step_of_the_incidence_is_that_of_R(string id)
    {
        foreach (var (vector, stratum, table, _) in StrataOf(id))
        {
            var expected = vector.Curve(stratum, "cuminc.csv");
            foreach (var (cause, causeTable) in Causes(table))
            {
                var curve = CumulativeIncidence.Estimate(causeTable, vector.Level);
                Assert.Equal(expected.Count, curve.Rows.Count);
                foreach (var (row, actual) in expected.Zip(curve.Rows))
                {
                    Assert.Equal(row["n_risk"], $"{actual.Counts.AtRisk}");
                    Assert.Equal(row[$"n_event{cause}"], $"{actual.Counts.Events}");
                    Assert.Equal(row[$"n_event{3 - cause}"], $"{actual.Counts.CompetingEvents}");
                    Assert.Equal(row["n_censor"], $"{actual.Counts.Censored}");
                    Same("time", actual.Counts.Time);
                    Same("surv", actual.EventFree);
                    Same($"cif{cause}", actual.Incidence);
                    Same($"se{cause}", actual.StandardError);
                    if (SurvivalVector.Number(row[$"cif{cause}"]) < AlmostOne)
                    {
                        Same($"lower{cause}_loglog", actual.Lower);
                        Same($"upper{cause}_loglog", actual.Upper);
                    }

                    void Same(string column, double? value) =>
                        Close.To(SurvivalVector.Number(row[column]), value, $"{id} {stratum} {row["time"]} {column}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Incidence_at_a_time_is_that_of_R_and_null_where_R_only_carries_it_on(string id)
    {
        foreach (var (vector, _, table, stratum) in StrataOf(id))
        {
            foreach (var (cause, causeTable) in Causes(table))
            {
                var curve = CumulativeIncidence.Estimate(causeTable, vector.Level);
                foreach (var expected in stratum.GetProperty("at_times").EnumerateArray())
                {
                    var time = expected.GetProperty("t").GetDouble();
                    var actual = curve.At(time, extend: true);
                    Assert.Equal(expected.GetProperty("n_risk").GetInt32(), actual.AtRisk);
                    Assert.Equal(expected.GetProperty("beyond_last_followup").GetBoolean(), actual.IsBeyondLastFollowUp);
                    Close.To(expected, $"cif{cause}", actual.Incidence);
                    Close.To(expected, $"se{cause}", actual.StandardError);
                    if (actual.Incidence < AlmostOne)
                    {
                        Close.To(expected, $"lower{cause}_loglog", actual.Lower);
                        Close.To(expected, $"upper{cause}_loglog", actual.Upper);
                    }

                    var carried = actual.IsBeyondLastFollowUp && curve.Rows[^1].EventFree > 0;
                    Assert.Equal(
                        carried ? actual with { Incidence = null, StandardError = null, Lower = null, Upper = null } : actual,
                        curve.At(time));
                    Assert.Equal(carried ? NotEstimable.BeyondLastFollowUp : null, curve.At(time).Reason);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Counts_and_times_of_those_with_the_event_are_those_of_R(string id)
    {
        foreach (var (vector, name, table, stratum) in StrataOf(id))
        {
            Assert.Equal(stratum.GetProperty("n").GetInt32(), table.SubjectCount);
            Assert.Equal(stratum.GetProperty("n_event1").GetInt32(), table.EventCount);
            Assert.Equal(stratum.GetProperty("n_event2").GetInt32(), table.CompetingEventCount);
            Assert.Equal(stratum.GetProperty("n_censor").GetInt32(), table.CensoredCount);

            var expected = stratum.GetProperty("event1_responders_only");
            var times = vector.EventTimes(name);
            if (expected.ValueKind == JsonValueKind.Null)
            {
                Assert.Equal(NotEstimable.NoValues, SampleSummary.Of(times).Reason);
                Assert.Equal(NotEstimable.NoValues, MeanEstimate.Estimate(times).Reason);
                continue;
            }

            var summary = SampleSummary.Of(times).Value!.Value;
            var mean = MeanEstimate.Estimate(times).Value!.Value;
            Assert.Equal(expected.GetProperty("n").GetInt32(), summary.Count);
            Close.To(expected, "min", summary.Min);
            Close.To(expected, "q1_type2", summary.FirstQuartile);
            Close.To(expected, "median", summary.Median);
            Close.To(expected, "q3_type2", summary.ThirdQuartile);
            Close.To(expected, "max", summary.Max);
            Close.To(expected, "mean", mean.Mean);
            Close.To(expected, "sd", mean.StandardDeviation);
        }
    }

    [Theory]
    [InlineData("D08_sim_ttr_competing")]
    [InlineData("D09_mgus2_competing")]
    public void Grays_test_is_that_of_R(string id)
    {
        var vector = SurvivalVector.Load(id);
        CompetingTable[] groups = [.. vector.Groups.Select(group => vector.Competing($"group={group}"))];
        foreach (var expected in vector.Expected.GetProperty("gray_test").EnumerateArray())
        {
            var cause = int.Parse(expected.GetProperty("event").GetString()!);
            var test = GrayTest.Test([.. groups.Select(group => cause == 1 ? group : group.Exchanged())]).Value!.Value;
            Assert.Equal(expected.GetProperty("df").GetInt32(), test.DegreesOfFreedom);
            Close.To(expected, "chisq", test.ChiSquare, 1e-6);
            Close.To(expected, "p", test.PValue, 1e-6, relative: true);
        }
    }

    private static IEnumerable<(int Cause, CompetingTable Table)> Causes(CompetingTable table) => [(1, table), (2, table.Exchanged())];

    private static IEnumerable<(SurvivalVector Vector, string Name, CompetingTable Table, JsonElement Expected)> StrataOf(string id)
    {
        var vector = SurvivalVector.Load(id);
        return vector.Expected.GetProperty("strata").EnumerateArray().Select(stratum =>
        {
            var name = stratum.GetProperty("stratum").GetString()!;
            return (vector, name, vector.Competing(name), stratum);
        });
    }
}
