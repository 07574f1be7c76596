using Equecel.Analytics.Tables;

namespace Equecel.Analytics.Tests.Tables;

public sealed class TableRequestChecksTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly (string Field, Action<V1.GetTableRequest> Set, string[] Topics)[] Switches =
    [
        ("response_basis", request => request.ResponseBasis = V1.ResponseBasis.Confirmed, ["BestResponse", "TimeToResponse"]),
        ("response_basis", request => request.ResponseBasis = V1.ResponseBasis.Algorithmic, ["BestResponse"]),
        ("window_tolerance_days", request => request.WindowToleranceDays = 14, ["BestResponse"]),
        ("evaluable_only", request => request.EvaluableOnly = true, ["BestResponse"]),
        ("adverse_event_window_days", request => request.AdverseEventWindowDays = 28, ["AdverseEvents", "AdverseEventsByTerm", "AdverseEventsByClass"]),
        ("exposure_adjusted_rates", request => request.ExposureAdjustedRates = true, ["AdverseEvents", "AdverseEventsByTerm", "AdverseEventsByClass"]),
        ("qlq_c30_threshold", request => request.QlqC30Threshold = 5, ["QualityOfLife"]),
        ("eq5d_threshold", request => request.Eq5DThreshold = 0.08, ["QualityOfLife"]),
    ];

    public static TheoryData<V1.Topic> Topics => [.. Enum.GetValues<V1.Topic>().Skip(1)];

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_switch_is_refused_by_a_table_that_does_not_have_it(V1.Topic topic)
    {
        foreach (var (field, set, topics) in Switches)
        {
            var request = new V1.GetTableRequest { Topic = topic };
            set(request);
            IEnumerable<string> expected = topics.Contains($"{topic}") ? [] : [field];

            Assert.Equal(expected, Faults(request));
        }
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void What_is_left_out_and_as_assessed_go_with_every_table(V1.Topic topic) =>
        Assert.Empty(Faults(new V1.GetTableRequest { Topic = topic, ResponseBasis = V1.ResponseBasis.AsAssessed }));

    [Theory]
    [InlineData("""{ "topic": "TOPIC_BEST_RESPONSE", "windowToleranceDays": 29 }""", "window_tolerance_days")]
    [InlineData("""{ "topic": "TOPIC_BEST_RESPONSE", "windowToleranceDays": -1, "responseBasis": 9 }""", "response_basis window_tolerance_days")]
    [InlineData("""{ "topic": "TOPIC_QUALITY_OF_LIFE", "qlqC30Threshold": 101, "eq5dThreshold": "NaN" }""", "qlq_c30_threshold eq5d_threshold")]
    [InlineData("""{ "topic": "TOPIC_BASELINE", "evaluableOnly": true, "proportionInterval": 9 }""", "proportion_interval evaluable_only")]
    [InlineData("""{ "topic": "TOPIC_ADVERSE_EVENTS", "adverseEventWindowDays": 3651 }""", "adverse_event_window_days")]
    [InlineData("""{ "topic": "TOPIC_ADVERSE_EVENTS_BY_TERM", "adverseEventWindowDays": -1 }""", "adverse_event_window_days")]
    [InlineData("{}", "topic")]
    public void Every_field_at_fault_is_named(string json, string expected) =>
        Assert.Equal(expected, string.Join(' ', Faults(V1.GetTableRequest.Parser.ParseJson(json))));

    private static IEnumerable<string> Faults(V1.GetTableRequest request) => TableRequestChecks.Run(request, Now).Select(violation => violation.Field);
}
