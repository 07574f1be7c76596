using Equecel.Enrolment.V1;

namespace Equecel.StudyRules;

/// <summary>A collection of cells from which a product can have been made.</summary>
/// <param name="Date">Its date.</param>
/// <param name="IsSuccessful">Whether it gave enough cells; null when not known.</param>
/// <remarks>Clinical domain reference, section 1.1, treatment journey.</remarks>
public readonly record struct Apheresis(DateOnly Date, bool? IsSuccessful)
{
    /// <summary>Reads a collection.</summary>
    /// <param name="date">Its date.</param>
    /// <param name="form">What the site says of it.</param>
    public static Apheresis Of(DateOnly date, Leukapheresis form) => new(date, form.CollectionOutcome switch
    {
        Leukapheresis.Types.CollectionOutcome.Success => true,
        Leukapheresis.Types.CollectionOutcome.Failed => false,
        _ => null,
    });

    /// <summary>
    /// The day on which the cells of the product were collected: the last successful collection not after the infusion, or the last whose
    /// outcome is not known when none is called successful.
    /// </summary>
    /// <param name="collections">The collections, in any order.</param>
    /// <param name="infusion">The infusion that they were for; null before it.</param>
    /// <returns>Null when no collection can have given the product.</returns>
    public static DateOnly? ProductDateOf(IEnumerable<Apheresis> collections, DateOnly? infusion) => collections
        .Where(one => one.IsSuccessful != false && !(one.Date > infusion))
        .OrderBy(one => one.IsSuccessful == true)
        .ThenBy(one => one.Date)
        .Select(one => (DateOnly?)one.Date)
        .LastOrDefault();

    /// <summary>Days from that collection to the infusion: vein to vein.</summary>
    /// <param name="collections">The collections, in any order.</param>
    /// <param name="infusion">The infusion that they were for; null before it.</param>
    /// <returns>Null without an infusion, or when no collection can have given the product.</returns>
    public static int? VeinToVeinDays(IEnumerable<Apheresis> collections, DateOnly? infusion) =>
        infusion?.DayNumber - ProductDateOf(collections, infusion)?.DayNumber;
}
