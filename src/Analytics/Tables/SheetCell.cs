namespace Equecel.Analytics.Tables;

/// <summary>What one cell of a table has counted so far.</summary>
internal sealed class SheetCell
{
    private List<double>? values;
    private int lastSubject = -1;
    private int lastAsked = -1;

    /// <summary>Participants that it counts.</summary>
    public int ParticipantCount { get; private set; }

    /// <summary>Things that it counts.</summary>
    public int EventCount { get; private set; }

    /// <summary>Participants of whom the answer is known, in a row whose shares are of those.</summary>
    public int KnownCount { get; private set; }

    /// <summary>Things that the counted ones are a part of.</summary>
    public int EventDenominator { get; private set; }

    /// <summary>Time at risk.</summary>
    public double ExposureDays { get; private set; }

    /// <summary>The numbers that it describes.</summary>
    public ReadOnlySpan<double> Values => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(values);

    /// <summary>Counts a participant, once however often it is said.</summary>
    /// <param name="subject">Number of the participant in this run.</param>
    /// <param name="events">Things that are counted along.</param>
    public void Count(int subject, int events)
    {
        ParticipantCount += subject == lastSubject ? 0 : 1;
        lastSubject = subject;
        EventCount += events;
    }

    /// <summary>Makes a participant one of those whom the cell could count, once however often it is said.</summary>
    /// <param name="subject">Number of the participant in this run.</param>
    public void Ask(int subject)
    {
        KnownCount += subject == lastAsked ? 0 : 1;
        lastAsked = subject;
    }

    /// <summary>Makes things some of those of which the counted ones are a part.</summary>
    /// <param name="events">How many.</param>
    public void AskEvents(int events) => EventDenominator += events;

    /// <summary>Adds time at risk.</summary>
    /// <param name="days">Days.</param>
    public void Expose(double days) => ExposureDays += days;

    /// <summary>Adds a number.</summary>
    /// <param name="value">The number.</param>
    public void Add(double value) => (values ??= []).Add(value);
}
