using Equecel.Analytics.Cohort;
using Equecel.Analytics.Snapshots;
using Equecel.Analytics.Tables;
using Equecel.ServiceDefaults;
using Google.Protobuf.WellKnownTypes;
using Enum = System.Enum;
using Violation = Google.Rpc.BadRequest.Types.FieldViolation;

namespace Equecel.Analytics.Endpoints;

/// <summary>What can be wrong with the part that requests for answers have in common: whom, as of when, up to when, how sure.</summary>
internal static class ScopeChecks
{
    private const int MaxSites = 1000;
    private const int MaxSubgroups = 12;

    /// <summary>Finds everything that is wrong.</summary>
    /// <param name="population">Whom it is about; null for all infused participants.</param>
    /// <param name="grouping">What splits them.</param>
    /// <param name="asOf">What the platform knew at this instant; null for now.</param>
    /// <param name="snapshot">Label of the snapshot whose instant is meant instead; empty for none.</param>
    /// <param name="cutoff">What had happened by this date; empty for all.</param>
    /// <param name="level">Confidence level; 0 for 0.95.</param>
    /// <param name="now">The instant that no question can be about yet.</param>
    public static IEnumerable<Violation?> Run(
        V1.Population? population, V1.Grouping grouping, Timestamp? asOf, string snapshot, string cutoff, double level, DateTimeOffset now) =>
        Population(population)
            .Append(Check(Enum.IsDefined(grouping), "grouping", "No such grouping. Take a value of Grouping."))
            .Append(Check(level is 0 or (> 0 and < 1), "confidence_level", "Give a level above 0 and below 1, or 0 for 0.95."))
            .Concat(SnapshotChecks.Moment(asOf, snapshot, now))
            .Append(Cutoff(cutoff));

    /// <summary>What is wrong with an instant to answer as of.</summary>
    /// <param name="instant">The instant; null for now.</param>
    /// <param name="now">The instant that no question can be about yet.</param>
    /// <param name="field">The field.</param>
    public static Violation? AsOf(Timestamp? instant, DateTimeOffset now, string field)
    {
        if (instant is null)
        {
            return null;
        }

        // A timestamp out of its range can be sent; converting it would throw.
        var isInRange = instant is { Seconds: >= -62_135_596_800 and <= 253_402_300_799, Nanos: >= 0 and <= 999_999_999 };
        return Check(isInRange, field, "Give an instant between the years 1 and 9999.")
            ?? Check(instant.ToDateTimeOffset() <= now, field, "Give an instant that is past, or leave it unset for now.");
    }

    /// <summary>What is wrong with a cut-off date.</summary>
    /// <param name="cutoff">The date; empty for none.</param>
    public static Violation? Cutoff(string cutoff) => Check(
        cutoff.Length == 0 || PartialDate.FindDay(cutoff) is not null,
        "data_cutoff_date",
        "Give a date as yyyy-MM-dd, between 1900 and 2199, or leave it empty.");

    /// <summary>What is wrong with a choice of sites.</summary>
    /// <param name="sites">Their codes; empty for all.</param>
    /// <param name="field">The field.</param>
    public static IEnumerable<Violation?> Sites(IReadOnlyCollection<string> sites, string field) => sites
        .Take(MaxSites)
        .Select((site, i) => Check(site.Length is 2 or 3 && site.All(char.IsAsciiDigit), $"{field}[{i}]", "Give a site's code of two or three digits."))
        .Append(Check(sites.Count <= MaxSites, field, $"Give at most {MaxSites} sites, or none for all."));

    /// <summary>Refuses a request with everything that is wrong with it.</summary>
    /// <param name="violations">What is wrong; null where something is not.</param>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT naming every field at fault.</exception>
    public static void Demand(IEnumerable<Violation?> violations)
    {
        var found = violations.OfType<Violation>().ToList();
        if (found.Count > 0)
        {
            throw RpcError.InvalidFields(found);
        }
    }

    /// <summary>A violation unless something is so.</summary>
    /// <param name="isGood">Whether it is so.</param>
    /// <param name="field">The field.</param>
    /// <param name="message">What to do.</param>
    public static Violation? Check(bool isGood, string field, string message) =>
        isGood ? null : new Violation { Field = field, Description = message };

    private static IEnumerable<Violation?> Population(V1.Population? population)
    {
        if (population is null)
        {
            return [];
        }

        return Sites(population.Sites, "population.sites")
            .Append(Check(Enum.IsDefined(population.Origin), "population.origin", "No such origin. Take a value of DataOrigin."))
            .Concat(population.Subgroups.Take(MaxSubgroups).SelectMany((subgroup, i) => Subgroup(subgroup, $"population.subgroups[{i}]")))
            .Append(Check(population.Subgroups.Count <= MaxSubgroups, "population.subgroups", $"Give at most {MaxSubgroups} groups, or none for everybody."));
    }

    private static IEnumerable<Violation?> Subgroup(V1.Subgroup subgroup, string field)
    {
        var groups = subgroup.Grouping == V1.Grouping.Provenance ? [] : Groups.Of(subgroup.Grouping);
        yield return Check(groups.Count > 0, $"{field}.grouping", "Take a value of Grouping other than site and provenance, which have fields of their own.");
        yield return Check(
            groups.Any(group => group.Key == subgroup.Key),
            $"{field}.key",
            groups.Count == 0 ? "Give a grouping that has it." : $"Take one of {string.Join(", ", groups.Select(group => group.Key))}.");
    }
}
