using Equecel.Analytics.Derivation;

namespace Equecel.Analytics.Datasets.Analysis;

/// <summary>An endpoint that is a time.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Label">What it is.</param>
/// <param name="EventInWords">The event where it is a response.</param>
/// <param name="Derive">Derives it for an analysed participant; null for one whom it does not concern.</param>
/// <param name="Start">Day 1; the infusion where null.</param>
/// <remarks>Rule set RWS-1.</remarks>
internal sealed record TimeParameter(
    string Code, string Label, string EventInWords, Func<DatasetSubject, TimeToEvent?> Derive, Func<DatasetSubject, DateOnly>? Start = null)
{
    private const string Response = "FIRST RESPONSE (PR OR BETTER)";
    private const string Complete = "FIRST COMPLETE RESPONSE (CR OR sCR)";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<TimeParameter> All { get; } =
    [
        new("OS", "Overall Survival (days)", "", subject => subject.Endpoints.Os),
        new("PFS", "Progression-Free Survival (days)", "", subject => subject.Endpoints.Pfs),
        new("PFSNACT", "PFS, Censored at New Therapy (days)", "", subject => subject.Endpoints.PfsS1),
        new("PFSMISS", "PFS, Censored at Missed Assessments (days)", "", subject => subject.Endpoints.PfsS2),
        new("PFSNAMIS", "PFS, Censored at New Therapy and Missed Assessments (days)", "", subject => subject.Endpoints.PfsS1S2),
        new("TTR", "Time to Response (days)", Response, subject => subject.Endpoints.Ttr),
        new("TTCR", "Time to Complete Response (days)", Complete, subject => subject.Endpoints.Ttcr),
        new("TTRCONF", "Time to Confirmed Response (days)", Response, subject => subject.Endpoints.TtrConfirmed),
        new("TTCRCONF", "Time to Confirmed Complete Response (days)", Complete, subject => subject.Endpoints.TtcrConfirmed),
        new("RSD", "Duration of Response (days)", "", subject => subject.Endpoints.Dor, subject => subject.Endpoints.Ttr.Date),
        new("TTNT", "Time to New Anti-Myeloma Therapy (days)", "", TimeToNewTherapy),
    ];

    // Who dies without it cannot have it any more; who lives without it is followed as for survival.
    private static TimeToEvent? TimeToNewTherapy(DatasetSubject subject)
    {
        var survival = subject.Endpoints.Os;
        return subject.Subject.Course!.NewTherapyDate is { } start ? TimeToEvent.Event(start, subject.Subject.InfusionDate, EndReason.NewTherapy)
            : survival.IsEvent ? TimeToEvent.Competing(survival.Date, subject.Subject.InfusionDate, EndReason.Death)
            : survival;
    }
}
