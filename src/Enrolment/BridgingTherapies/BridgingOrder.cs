using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;

namespace Equecel.Enrolment.BridgingTherapies;

/// <summary>Whether bridging lies between leukapheresis and lymphodepletion.</summary>
internal static class BridgingOrder
{
    /// <summary>E16.</summary>
    /// <param name="context">Context of the form that is being saved.</param>
    /// <param name="field">Its field.</param>
    /// <param name="collections">Dates of leukapheresis; empty when not known.</param>
    /// <param name="bridgings">The bridging therapies.</param>
    /// <param name="depletion">First day of lymphodepletion; null when not known.</param>
    public static Finding? Find(
        FormContext context, string field, IReadOnlyCollection<DateOnly> collections, IEnumerable<Bridging> bridgings, DateOnly? depletion)
    {
        DateOnly? collected = collections.Count == 0 ? null : collections.Min();
        return bridgings.Any(bridging => IsOutside(CivilDate.Find(bridging.StartDate), CivilDate.Find(bridging.EndDate), collected, depletion))
            ? JourneyDates.HardIfProspective(
                context, "E16", field, "Bridging must lie between leukapheresis and lymphodepletion.", "桥接治疗应在单采与清淋之间。")
            : null;
    }

    private static bool IsOutside(DateOnly? start, DateOnly? end, DateOnly? collected, DateOnly? depletion) =>
        start < collected || start > depletion || end > depletion;
}
