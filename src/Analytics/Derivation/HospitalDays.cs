namespace Equecel.Analytics.Derivation;

/// <summary>Merges the stays of one participant, so that no day counts twice.</summary>
/// <remarks>Rule set RWS-1: clinical domain reference, section 3.8.</remarks>
internal static class HospitalDays
{
    /// <summary>Merges stays.</summary>
    /// <param name="stays">The stays, in any order; leave out those that a table does not count before merging.</param>
    /// <param name="until">The cut-off date, or the day of the answer: a stay that goes on counts to it, later ones do not count.</param>
    /// <returns>In order of time.</returns>
    /// <exception cref="ArgumentException">A discharge is before its admission.</exception>
    public static IReadOnlyList<MergedStay> Merge(IEnumerable<HospitalStay> stays, DateOnly until)
    {
        var merged = new List<MergedStay>();
        foreach (var stay in stays.Where(stay => stay.Admission <= until).OrderBy(stay => stay.Admission))
        {
            if (stay.Discharge < stay.Admission)
            {
                throw new ArgumentException($"The discharge on {stay.Discharge:O} is before the admission on {stay.Admission:O}.", nameof(stays));
            }

            var isOngoing = stay.Discharge is null || stay.Discharge > until;
            var next = new MergedStay(stay.Admission, isOngoing ? until : stay.Discharge!.Value, isOngoing);
            if (merged.Count > 0 && merged[^1] is var last && next.Admission <= last.Discharge)
            {
                merged[^1] = last with
                {
                    Discharge = next.Discharge > last.Discharge ? next.Discharge : last.Discharge,
                    IsOngoing = next.IsOngoing || last.IsOngoing,
                };
            }
            else
            {
                merged.Add(next);
            }
        }

        return merged;
    }

    /// <summary>Days in hospital within a period.</summary>
    /// <param name="stays">The merged stays.</param>
    /// <param name="first">First day of the period: the infusion's for the use of care after it.</param>
    /// <param name="last">Last day of it.</param>
    public static int Within(IEnumerable<MergedStay> stays, DateOnly first, DateOnly last) => stays.Sum(stay => stay.DaysWithin(first, last));
}
