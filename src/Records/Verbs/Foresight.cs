using Equecel.Enrolment.V1;

namespace Equecel.Records.Verbs;

/// <summary>What the rows of a stream that are only checked would have changed: nothing of it is saved where later rows could read it.</summary>
internal sealed class Foresight
{
    private readonly Dictionary<string, Guid> requests = [];

    /// <summary>What would be known of participants and sites, by code.</summary>
    public Dictionary<string, ParticipantFacts> Facts { get; } = [];

    /// <summary>What would be saved of participants, for checks that look at their other records.</summary>
    public OtherRecords Others { get; } = new();

    /// <summary>Finds out whether an earlier row would have been the one record that there may be, and takes note of this one.</summary>
    /// <param name="submission">A row that nothing else stands in the way of.</param>
    /// <returns>What there may be one of, such as <c>death of 01-0001</c>; null when there is no such row.</returns>
    public string? FindRival(Submission submission) =>
        submission.Context.New && submission.NaturalKey is { } key && !requests.TryAdd(key, submission.RequestId) && requests[key] != submission.RequestId ? key : null;
}
