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
internal static class DerivedFacts
{
    private static readonly (V1.Grouping Grouping, string Fact)[] Strata =
    [
        .. V1.SurvivalReflection.Descriptor.EnumTypes.Single(type => type.Name == nameof(V1.Grouping)).Values
            .Where(value => value.Number != 0)
            .Select(value => ((V1.Grouping)value.Number, $"stratum/{value.Name["GROUPING_".Length..].ToLowerInvariant().Replace('_', '-')}")),
    ];

    /// <summary>The facts, each with its name, always the same and in the same order; a value is empty where there is none.</summary>
    /// <param name="dossier">What is known of the participant.</param>
    /// <param name="cutoff">What happened later is not used; null for no cut-off.</param>
    public static IReadOnlyList<(string Fact, string Value)> Of(Dossier dossier, DateOnly? cutoff)
    {
        var subject = Subject.Of(dossier, cutoff);
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
            ("last-alive-date", Date(course?.LastAliveDate)),
            ("evaluable", endpoints is null ? "" : endpoints.IsEvaluable ? "yes" : "no"),
            .. Best("best-response", endpoints?.BestAsAssessed),
            .. Best("best-response-confirmed", endpoints?.BestConfirmed),
            .. Best("best-response-algorithmic", endpoints?.BestComputed),
            .. Time("ttr", endpoints?.Ttr),
            .. Time("ttcr", endpoints?.Ttcr),
            .. Time("pfs", endpoints?.Pfs),
            .. Time("os", endpoints?.Os),
            .. Strata.Select(stratum => (stratum.Fact, dossier.Records.Count == 0 ? "" : Groups.Of(subject, stratum.Grouping)!.Key)),
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
