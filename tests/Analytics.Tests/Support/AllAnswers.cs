using Equecel.Analytics.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Enum = System.Enum;

namespace Equecel.Analytics.Tests.Support;

/// <summary>Every answer that Analytics gives about the study, by name.</summary>
internal static class AllAnswers
{
    private static readonly Grouping[] Groupings = [Grouping.Unspecified, Grouping.Site, Grouping.Provenance, Grouping.Sex];

    /// <summary>Asks for all of them.</summary>
    /// <param name="analytics">Who is asked.</param>
    /// <param name="asOf">The instant; null for none.</param>
    /// <param name="snapshot">Label of a snapshot; empty for none.</param>
    public static async Task<SortedDictionary<string, IMessage>> AskAsync(AnalyticsHost analytics, DateTimeOffset? asOf = null, string snapshot = "")
    {
        var (answers, instant) = (new SortedDictionary<string, IMessage>(StringComparer.Ordinal), asOf?.ToTimestamp());
        foreach (var grouping in Groupings)
        {
            foreach (var endpoint in Enum.GetValues<V1.Endpoint>().Skip(1))
            {
                answers[$"{endpoint} by {grouping}"] = await analytics.Client.GetSurvivalCurveAsync(
                    new() { Endpoint = endpoint, Grouping = grouping, AsOfTime = instant, Snapshot = snapshot }, analytics.Study);
            }

            foreach (var endpoint in Enum.GetValues<IncidenceEndpoint>().Skip(1))
            {
                answers[$"{endpoint} by {grouping}"] = await analytics.Client.GetIncidenceCurveAsync(
                    new() { Endpoint = endpoint, Grouping = grouping, AsOfTime = instant, Snapshot = snapshot }, analytics.Study);
            }
        }

        foreach (var topic in Enum.GetValues<Topic>().Skip(1))
        {
            answers[$"{topic}"] = await analytics.Client.GetTableAsync(
                new() { Topic = topic, Grouping = Grouping.Provenance, AsOfTime = instant, Snapshot = snapshot }, analytics.Study);
        }

        var table = new GetTableRequest { Topic = Topic.BestResponse, AsOfTime = instant, Snapshot = snapshot };
        answers["who responded"] = await analytics.Client.ListContributorsAsync(
            new() { Cell = new() { Table = table, Row = "orr" }, PageSize = 500 }, analytics.Study);
        var rates = new GetTableRequest { Topic = Topic.AdverseEventsByTerm, Grouping = Grouping.Provenance, ExposureAdjustedRates = true, AsOfTime = instant, Snapshot = snapshot };
        answers["rates of adverse events"] = await analytics.Client.GetTableAsync(rates, analytics.Study);
        answers["who was observed how long"] = await analytics.Client.ListContributorsAsync(new() { Cell = new() { Table = rates, Row = "exposure" }, PageSize = 500 }, analytics.Study);
        var curve = new GetSurvivalCurveRequest { Endpoint = V1.Endpoint.ProgressionFreeSurvival, AsOfTime = instant, Snapshot = snapshot };
        answers["who was at risk"] = await analytics.Client.ListCurveContributorsAsync(
            new() { Step = new() { Survival = curve, Days = 60, Part = CurveStep.Types.Part.AtRisk }, PageSize = 500 }, analytics.Study);
        return answers;
    }

    /// <summary>The answers as they come over the wire.</summary>
    public static IEnumerable<string> ToBytes(this SortedDictionary<string, IMessage> answers) =>
        answers.Select(answer => $"{answer.Key} {Convert.ToBase64String(answer.Value.ToByteArray())}");

    /// <summary>The answers without the data position, which tells the time.</summary>
    public static IEnumerable<string> WithoutPosition(this SortedDictionary<string, IMessage> answers) => answers.Select(answer =>
    {
        var copy = answer.Value.Descriptor.Parser.ParseFrom(answer.Value.ToByteArray());
        copy.Descriptor.FindFieldByName("position").Accessor.Clear(copy);
        return $"{answer.Key} {copy}";
    });
}
