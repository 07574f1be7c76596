using System.Globalization;
using Equecel.Analytics.Derivation;
using Equecel.Analytics.Dossiers;
using Equecel.Analytics.Endpoints;
using Equecel.Analytics.Statistics;
using Equecel.Analytics.Tables;
using Equecel.Analytics.Tables.Topics;
using Equecel.Common.V1;

namespace Equecel.Analytics.Comparison;

/// <summary>What the analyses take from one participant, as named values.</summary>
/// <remarks>Rule set RWS-1.</remarks>
/// <param name="cutoff">What happened later is not used; null for no cut-off.</param>
internal sealed class DerivedFacts(DateOnly? cutoff)
{
    private static readonly (V1.Grouping Grouping, string Fact)[] Strata =
    [
        .. Enum.GetValues<V1.Grouping>().Where(grouping => grouping != V1.Grouping.Unspecified)
            .Select(grouping => (grouping, $"stratum/{ContractNames.Of(V1.SurvivalReflection.Descriptor, grouping)}")),
    ];

    private readonly TableFacts tables = new(cutoff);

    /// <summary>The facts that the participant has, by name, in a fixed order.</summary>
    /// <param name="dossier">What is known of the participant.</param>
    public IReadOnlyDictionary<string, string> Of(Dossier dossier)
    {
        // Endpoints and strata are always there, so that their order is the same for everybody.
        var subject = Subject.Of(dossier, cutoff);
        var rows = tables.Of(subject).Where(fact => fact.Value.Length > 0).OrderBy(fact => fact.Fact, StringComparer.Ordinal);
        return new OrderedDictionary<string, string>(Endpoints(subject).Concat(rows).Select(fact => KeyValuePair.Create(fact.Fact, fact.Value)), StringComparer.Ordinal);
    }

    /// <summary>Orders the facts of two moments as those of one.</summary>
    /// <param name="facts">Names of the endpoints and strata in their order, and of rows of tables in any.</param>
    public static IEnumerable<string> InOrder(IEnumerable<string> facts) =>
        facts.OrderBy(fact => fact.StartsWith(TableFacts.Prefix, StringComparison.Ordinal) ? fact : "", StringComparer.Ordinal);

    private IEnumerable<(string Fact, string Value)> Endpoints(Subject subject)
    {
        var course = subject.Course;
        var endpoints = course is null ? null : ParticipantEndpoints.Derive(course);
        return
        [
            ("population", subject.Exclusion switch
            {
                Exclusion.None => "infused",
                Exclusion.NoRecord => "",
                var why => SurvivalAnswer.InWords(why),
            }),
            ("origin", subject.Origin == DataOrigin.Unspecified ? "" : subject.Origin.ToString().ToLowerInvariant()),
            ("infusion-date", Date(course?.InfusionDate)),
            ("death-date", Date(course?.DeathByCutoff)),
            ("last-alive-date", Date(course?.LastAliveDate > cutoff ? cutoff : course?.LastAliveDate)),
            ("evaluable", endpoints is null ? "" : endpoints.IsEvaluable ? "yes" : "no"),
            .. Best("best-response", endpoints?.BestAsAssessed),
            .. Best("best-response-confirmed", endpoints?.BestConfirmed),
            .. Best("best-response-algorithmic", endpoints?.BestComputed),
            .. Time("ttr", endpoints?.Ttr),
            .. Time("ttcr", endpoints?.Ttcr),
            .. Time("pfs", endpoints?.Pfs),
            .. Time("os", endpoints?.Os),
            .. Best("best-response-confirmed-overall", endpoints?.BestConfirmedOverall),
            .. Time("ttr-confirmed", endpoints?.TtrConfirmed),
            .. Time("ttcr-confirmed", endpoints?.TtcrConfirmed),
            .. Time("dor", endpoints?.Dor),
            .. Time("pfs-s1", endpoints?.PfsS1),
            .. Time("pfs-s2", endpoints?.PfsS2),
            .. Time("pfs-s1-s2", endpoints?.PfsS1S2),
            .. Strata.Select(stratum => (stratum.Fact, subject.Dossier.Records.Count == 0 ? "" : Groups.Of(subject, stratum.Grouping)!.Key)),
        ];
    }

    private static IEnumerable<(string, string)> Best(string fact, BestOverallResponse? best) =>
    [
        (fact, best is { } known ? BestResponse.ShortOf(known.Category) : ""),
        ($"{fact}/date", Date(best?.Date)),
    ];

    private static IEnumerable<(string, string)> Time(string fact, TimeToEvent? time) =>
    [
        (fact, time?.Outcome switch
        {
            null => "",
            CompetingOutcome.Event => "event",
            CompetingOutcome.CompetingEvent => "precluded",
            _ => "censored",
        }),
        ($"{fact}/date", Date(time?.Date)),
        ($"{fact}/reason", time?.Reason.InWords() ?? ""),
    ];

    private static string Date(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
