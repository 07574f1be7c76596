using Equecel.Safety.V1;

namespace Equecel.Analytics.Datasets.Tabulation;

/// <summary>A detail of a death.</summary>
/// <param name="Subject">The participant.</param>
/// <param name="Number">Number of the row among the participant's, from 1.</param>
/// <param name="TestCode">Code of the detail.</param>
/// <param name="Test">The detail.</param>
/// <param name="Original">What the site said.</param>
/// <param name="Standard">The same in fixed words.</param>
internal sealed record DeathDetailRow(DatasetSubject Subject, int Number, string TestCode, string Test, string Original, string Standard) : IDatasetRow
{
    private const string Cause = "PRCDTH";

    /// <summary>Whether it is the primary cause, which is somebody's judgement.</summary>
    public bool IsCause => TestCode == Cause;

    /// <summary>The details of a participant's death by the cut-off.</summary>
    /// <param name="subject">The participant.</param>
    public static IEnumerable<DeathDetailRow> Of(DatasetSubject subject) =>
        subject is { DeathDate: not null, DeathForm.Form: { } death }
            ? Details(death).Select((detail, i) => new DeathDetailRow(subject, i + 1, detail.Code, detail.Test, detail.Original, detail.Standard))
            : [];

    private static IEnumerable<(string Code, string Test, string Original, string Standard)> Details(Death death)
    {
        if (Codes.Words(death.PrimaryCause) is { } cause)
        {
            yield return (Cause, "Primary Cause of Death", death.HasCauseText ? death.CauseText : cause, cause);
        }

        if (Codes.Letter(death.Autopsy) is { } autopsy)
        {
            yield return ("AUTOPIND", "Autopsy Indicator", autopsy, autopsy);
        }

        if (Codes.Words(death.Place) is { } place)
        {
            yield return ("LOCDTH", "Location of Death", place, place);
        }
    }
}
