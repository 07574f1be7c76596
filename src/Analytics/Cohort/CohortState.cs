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
/// <param name="VersionCount">Versions of records.</param>
/// <param name="NewestSaveTime">When the newest was saved by its service; null without any.</param>
/// <param name="Freshness">From that save to its being taken in; 0 without any.</param>
internal readonly record struct CohortPosition(long VersionCount, DateTimeOffset? NewestSaveTime, TimeSpan Freshness)
{
    /// <summary>The position after one more version was taken in.</summary>
    /// <param name="saveTime">When its service saved it.</param>
    /// <param name="takeTime">When it was taken in.</param>
    public CohortPosition After(DateTimeOffset saveTime, DateTimeOffset takeTime) => saveTime > NewestSaveTime || NewestSaveTime is null
        ? new CohortPosition(VersionCount + 1, saveTime, takeTime > saveTime ? takeTime - saveTime : TimeSpan.Zero)
        : this with { VersionCount = VersionCount + 1 };

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
