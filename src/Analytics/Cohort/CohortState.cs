using System.Collections.Immutable;
using Equecel.Analytics.Endpoints;
using Google.Protobuf.WellKnownTypes;

namespace Equecel.Analytics.Cohort;

/// <summary>A cohort at one moment.</summary>
/// <param name="Columns">The facts. Of the live cohort, to be read only while <see cref="LiveCohort.TryRead"/> lets in.</param>
/// <param name="Position">The data that it was made of.</param>
/// <param name="Revision">Differs whenever an answer could.</param>
internal sealed record CohortState(CohortColumns Columns, CohortPosition Position, CohortRevision Revision)
{
    /// <summary>What curves ask of each participant; null while that of some is to be derived anew, and for a past cohort.</summary>
    public EndpointColumns? Endpoints { get; init; }
}

/// <summary>Names one state of one cohort within the process.</summary>
/// <param name="Cohort">0 for the live cohort, else the number of a past one.</param>
/// <param name="Change">Changes that it has taken in since it was loaded.</param>
internal readonly record struct CohortRevision(long Cohort, long Change);

/// <summary>The data that a cohort was made of.</summary>
/// <param name="Services">What each service sent; without those that sent nothing.</param>
/// <param name="Freshness">From the newest save to its being taken in; 0 without any.</param>
internal sealed record CohortPosition(ImmutableSortedDictionary<string, SentVersions> Services, TimeSpan Freshness)
{
    /// <summary>No data.</summary>
    public static CohortPosition None { get; } = new(ImmutableSortedDictionary.Create<string, SentVersions>(StringComparer.Ordinal), TimeSpan.Zero);

    /// <summary>Versions of records.</summary>
    public long VersionCount => Services.Values.Sum(sent => sent.Count);

    /// <summary>When the newest was saved by its service; null without any.</summary>
    public DateTimeOffset? NewestSaveTime => Services.IsEmpty ? null : Services.Values.Max(sent => sent.NewestSaveTime);

    /// <summary>The position after one more version was taken in.</summary>
    /// <param name="service">Name of its service.</param>
    /// <param name="saveTime">When its service saved it.</param>
    /// <param name="takeTime">When it was taken in.</param>
    public CohortPosition After(string service, DateTimeOffset saveTime, DateTimeOffset takeTime)
    {
        var sent = Services.GetValueOrDefault(service);
        var services = Services.SetItem(service, new SentVersions(sent.Count + 1, saveTime > sent.NewestSaveTime ? saveTime : sent.NewestSaveTime));
        return new CohortPosition(services, NewestSaveTime >= saveTime ? Freshness : Age(saveTime, takeTime));
    }

    /// <summary>From a save to its being taken in; 0 where the two clocks differ by more.</summary>
    /// <param name="saveTime">When its service saved it.</param>
    /// <param name="takeTime">When it was taken in.</param>
    public static TimeSpan Age(DateTimeOffset saveTime, DateTimeOffset takeTime) => takeTime > saveTime ? takeTime - saveTime : TimeSpan.Zero;

    /// <summary>The position as the contract has it.</summary>
    /// <param name="asOf">The instant that the answer is as of; null for now.</param>
    /// <param name="now">The time.</param>
    public V1.DataPosition ToV1(DateTimeOffset? asOf, DateTimeOffset now) => new()
    {
        AsOfTime = (asOf ?? now).ToTimestamp(),
        VersionCount = VersionCount,
        NewestSaveTime = NewestSaveTime?.ToTimestamp(),

        // When something was taken in is no part of what was known as of an instant.
        FreshnessMilliseconds = asOf is null ? (long)Freshness.TotalMilliseconds : 0,
    };
}

/// <summary>What a service sent.</summary>
/// <param name="Count">Versions of its records.</param>
/// <param name="NewestSaveTime">When it saved the newest.</param>
internal readonly record struct SentVersions(long Count, DateTimeOffset NewestSaveTime);
