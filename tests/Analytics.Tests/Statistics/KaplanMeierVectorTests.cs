using System.Text.Json;
using Equecel.Analytics.Statistics;

namespace Equecel.Analytics.Tests.Statistics;

public sealed class KaplanMeierVectorTests
{
    private static readonly (IntervalType Type, string Name)[] Types =
        [(IntervalType.Plain, "plain"), (IntervalType.Log, "log"), (IntervalType.LogLog, "loglog")];

    public static TheoryData<string> Sets => [.. SurvivalVector.Ids("right_censored", "delayed_entry")];

    [Fact]
    public void Every_set_of_the_index_is_tested() => Assert.Equal(26, Sets.Count);

    [Theory]
    [MemberData(nameof(Sets))]
    public void Counts_are_those_of_R(string id)
    {
        var vector = SurvivalVector.Load(id);
        Assert.Equal(vector.Expected.GetProperty("n_input").GetInt32(), vector.InputCount);
        Assert.Equal(vector.Expected.GetProperty("n_excluded_missing").GetInt32(), vector.MissingCount);

        foreach (var (_, table, expected) in vector.Strata)
        {
            Assert.Equal(expected.GetProperty("n").GetInt32(), table.SubjectCount);
            Assert.Equal(expected.GetProperty("n_event").GetInt32(), table.EventCount);
            Assert.Equal(expected.GetProperty("n_censor").GetInt32(), table.CensoredCount);
            Close.To(expected, "min_time", table.Rows[0].Time);
            Close.To(expected, "max_time", table.Rows[^1].Time);
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Every_step_of_the_curve_is_that_of_R(string id)
    {
        foreach (var (vector, stratum, table, _) in StrataOf(id))
        {
            var expected = vector.Curve(stratum);
            foreach (var (type, name) in Types)
            {
                var curve = KaplanMeier.Estimate(table, new ConfidenceInterval(type, vector.Level));
                Assert.Equal(expected.Count, curve.Rows.Count);
                foreach (var (row, actual) in expected.Zip(curve.Rows))
                {
                    Assert.Equal((row["n_risk"], row["n_event"], row["n_censor"]), ($"{actual.AtRisk}", $"{actual.Events}", $"{actual.Censored}"));
                    Same("time", actual.Time);
                    Same("surv", actual.Survival);
                    Same("std_err", actual.StandardError);
                    Same("cumhaz", actual.CumulativeHazard);
                    Same("std_chaz", actual.CumulativeHazardError);
                    Same($"lower_{name}", actual.Lower);
                    Same($"upper_{name}", actual.Upper);

                    void Same(string column, double? value) =>
                        Close.To(SurvivalVector.Number(row[column]), value, $"{id} {stratum} {row["time"]} {column}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Survival_at_a_time_is_that_of_R_and_null_where_R_only_carries_it_on(string id)
    {
        foreach (var (vector, _, table, stratum) in StrataOf(id))
        {
            foreach (var (type, name) in Types)
            {
                var curve = KaplanMeier.Estimate(table, new ConfidenceInterval(type, vector.Level));
                foreach (var expected in stratum.GetProperty("at_times").EnumerateArray())
                {
                    var time = expected.GetProperty("t").GetDouble();
                    var actual = curve.At(time, extend: true);
                    Assert.Equal(expected.GetProperty("n_risk").GetInt32(), actual.AtRisk);
                    Assert.Equal(expected.GetProperty("n_event_cum").GetInt32(), actual.EventCount);
                    Assert.Equal(expected.GetProperty("n_censor_cum").GetInt32(), actual.CensoredCount);
                    Assert.Equal(expected.GetProperty("beyond_last_followup").GetBoolean(), actual.IsBeyondLastFollowUp);
                    Close.To(expected, "surv", actual.Survival);
                    Close.To(expected, "std_err", actual.StandardError);
                    Close.To(expected, $"lower_{name}", actual.Lower);
                    Close.To(expected, $"upper_{name}", actual.Upper);

                    var carried = actual.IsBeyondLastFollowUp && actual.Survival > 0;
                    Assert.Equal(
                        carried ? actual with { Survival = null, StandardError = null, Lower = null, Upper = null } : actual,
                        curve.At(time));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Quantiles_and_their_limits_are_those_of_R(string id)
    {
        foreach (var (vector, _, table, stratum) in StrataOf(id))
        {
            foreach (var (type, name) in Types)
            {
                var curve = KaplanMeier.Estimate(table, new ConfidenceInterval(type, vector.Level));
                SameQuantiles(stratum.GetProperty("quantiles").GetProperty(name), curve, count: 5);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Median_that_R_prints_is_the_start_of_a_flat_end(string id)
    {
        foreach (var (vector, _, table, stratum) in StrataOf(id))
        {
            var expected = stratum.GetProperty("median_table_rule");
            var median = KaplanMeier.Estimate(table, new ConfidenceInterval(level: vector.Level)).Quantile(0.5);
            Close.To(expected, "value", median.FlatFrom ?? median.Value);
            Close.To(expected, "lower", median.Lower);
            Close.To(expected, "upper", median.Upper);
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Restricted_mean_is_that_of_R_and_null_where_R_only_carries_the_curve_on(string id)
    {
        foreach (var (vector, _, table, stratum) in StrataOf(id))
        {
            var curve = KaplanMeier.Estimate(table, new ConfidenceInterval(level: vector.Level));
            foreach (var expected in stratum.GetProperty("rmst").EnumerateArray())
            {
                var horizon = expected.GetProperty("tau").GetDouble();
                var actual = curve.RestrictedMean(horizon, extend: true).Value!.Value;
                Assert.Equal(expected.GetProperty("beyond_last_followup").GetBoolean(), actual.IsBeyondLastFollowUp);
                Close.To(expected, "rmst", actual.Mean);
                Close.To(expected, "se", actual.StandardError);
                Close.To(expected, "lower", actual.Lower);
                Close.To(expected, "upper", actual.Upper);

                var carried = actual.IsBeyondLastFollowUp && curve.Rows[^1].Survival > 0;
                Assert.Equal(carried ? NotEstimable.BeyondLastFollowUp : actual, curve.RestrictedMean(horizon));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Time_of_follow_up_is_that_of_R(string id)
    {
        foreach (var (vector, _, table, stratum) in StrataOf(id))
        {
            var expected = stratum.GetProperty("reverse_km");
            if (expected.ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            var interval = new ConfidenceInterval(level: vector.Level);
            var reverse = KaplanMeier.Estimate(table.Reversed(), interval);
            Assert.Equal(expected.GetProperty("n_event").GetInt32(), reverse.Table.EventCount);
            SameQuantiles(expected.GetProperty("quantiles"), reverse, count: 3);

            var followUp = FollowUp.Estimate(table, interval);
            Assert.Equal(
                (reverse.Quantile(0.25), reverse.Quantile(0.5), reverse.Quantile(0.75)),
                (followUp.FirstQuartile, followUp.Median, followUp.ThirdQuartile));
            Assert.Equal((table.Rows[0].Time, table.Rows[^1].Time), followUp.Range);
        }
    }

    private static IEnumerable<(SurvivalVector Vector, string Name, EventTable Table, JsonElement Expected)> StrataOf(string id)
    {
        var vector = SurvivalVector.Load(id);
        return vector.Strata.Select(stratum => (vector, stratum.Name, stratum.Table, stratum.Expected));
    }

    private static void SameQuantiles(JsonElement expected, SurvivalCurve curve, int count)
    {
        Assert.Equal(count, expected.GetArrayLength());
        foreach (var quantile in expected.EnumerateArray())
        {
            var actual = curve.Quantile(quantile.GetProperty("p").GetDouble());
            Close.To(quantile, "q", actual.Value);
            Close.To(quantile, "lower", actual.Lower);
            Close.To(quantile, "upper", actual.Upper);
        }
    }
}
