using Equecel.Analytics.Cohort;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Enum = System.Enum;
using Violation = Google.Rpc.BadRequest.Types.FieldViolation;

namespace Equecel.Analytics.Endpoints;

/// <summary>What can be wrong with a request for a survival curve, whatever the data.</summary>
internal static class SurvivalRequestChecks
{
    private const int MaxSites = 1000;
    private const int MaxTimes = 100;
    private const int MaxQuantiles = 20;

    /// <summary>Finds everything that is wrong.</summary>
    /// <param name="request">The request.</param>
    /// <param name="now">The instant that no question can be about yet.</param>
    /// <returns>One for each field at fault; empty when all are good.</returns>
    public static IEnumerable<Violation> Run(V1.GetSurvivalCurveRequest request, DateTimeOffset now)
    {
        var level = request.ConfidenceLevel;
        return Population(request.Population)
            .Prepend(Check(request.Endpoint == V1.Endpoint.OverallSurvival, "endpoint", "Set ENDPOINT_OVERALL_SURVIVAL; it is the only endpoint."))
            .Append(Check(Enum.IsDefined(request.Grouping), "grouping", "No such grouping. Take a value of Grouping."))
            .Append(Check(Enum.IsDefined(request.IntervalType), "interval_type", "No such interval. Take a value of IntervalType."))
            .Append(Check(level is 0 or (> 0 and < 1), "confidence_level", "Give a level above 0 and below 1, or 0 for 0.95."))
            .Concat(Numbers(request.AtDays, "at_days", MaxTimes, days => days >= 0 && double.IsFinite(days), "Give a number of days from 0 up."))
            .Concat(Numbers(request.Quantiles, "quantiles", MaxQuantiles, share => share is > 0 and < 1, "Give a share above 0 and below 1."))
            .Append(AsOf(request.AsOfTime, now))
            .Append(Check(
                request.DataCutoffDate.Length == 0 || PartialDate.FindDay(request.DataCutoffDate) is not null,
                "data_cutoff_date",
                "Give a date as yyyy-MM-dd, between 1900 and 2199, or leave it empty."))
            .OfType<Violation>();
    }

    private static IEnumerable<Violation?> Population(V1.Population? population)
    {
        if (population is null)
        {
            return [];
        }

        return population.Sites
            .Take(MaxSites)
            .Select((site, i) => Check(
                site.Length is 2 or 3 && site.All(char.IsAsciiDigit), $"population.sites[{i}]", "Give a site's code of two or three digits."))
            .Append(Check(population.Sites.Count <= MaxSites, "population.sites", $"Give at most {MaxSites} sites, or none for all."))
            .Append(Check(Enum.IsDefined(population.Origin), "population.origin", "No such origin. Take a value of DataOrigin."));
    }

    private static IEnumerable<Violation?> Numbers(RepeatedField<double> numbers, string field, int most, Func<double, bool> isGood, string message) => numbers
        .Take(most)
        .Select((number, i) => Check(isGood(number), $"{field}[{i}]", message))
        .Append(Check(numbers.Count <= most, field, $"Give at most {most}."));

    private static Violation? AsOf(Timestamp? instant, DateTimeOffset now)
    {
        const string field = "as_of_time";
        if (instant is null)
        {
            return null;
        }

        // A timestamp out of its range can be sent; converting it would throw.
        var isInRange = instant is { Seconds: >= -62_135_596_800 and <= 253_402_300_799, Nanos: >= 0 and <= 999_999_999 };
        return Check(isInRange, field, "Give an instant between the years 1 and 9999.")
            ?? Check(instant.ToDateTimeOffset() <= now, field, "Give an instant that is past, or leave it unset for now.");
    }

    private static Violation? Check(bool isGood, string field, string message) =>
        isGood ? null : new Violation { Field = field, Description = message };
}
