using Equecel.Common.V1;
using Equecel.Records.V1;

namespace Equecel.Records.Schedule;

/// <summary>A place in the order of target date, participant, kind and visit.</summary>
/// <param name="TargetDate">The date on the wire; empty, which comes first, while it is not known.</param>
/// <param name="Participant">Code of the participant.</param>
/// <param name="Kind">The kind of form.</param>
/// <param name="Visit">The visit.</param>
internal readonly record struct DuePlace(string TargetDate, string Participant, string Kind, Visit Visit) : IComparable<DuePlace>
{
    /// <summary>The place of a form.</summary>
    public static DuePlace Of(DueForm form) => new(form.TargetDate, form.Participant, form.Kind, form.Visit);

    public int CompareTo(DuePlace other)
    {
        var order = string.CompareOrdinal(TargetDate, other.TargetDate);
        order = order != 0 ? order : string.CompareOrdinal(Participant, other.Participant);
        order = order != 0 ? order : string.CompareOrdinal(Kind, other.Kind);
        return order != 0 ? order : Visit.CompareTo(other.Visit);
    }

    /// <summary>As a page token.</summary>
    public override string ToString() => $"{TargetDate} {Participant} {Kind} {(int)Visit}";

    /// <summary>Reads a page token; null when it is none.</summary>
    public static DuePlace? Find(string token) =>
        token.Split(' ') is [var date, var participant, var kind, var visit] && int.TryParse(visit, out var number)
            ? new DuePlace(date, participant, kind, (Visit)number)
            : null;
}
