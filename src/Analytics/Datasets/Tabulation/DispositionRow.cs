using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Status = Equecel.Enrolment.V1.FollowUp.Types.Status;

namespace Equecel.Analytics.Datasets.Tabulation;

/// <summary>A milestone of a participant, or how the participation ended.</summary>
/// <param name="Subject">The participant.</param>
/// <param name="Category">A milestone or an end.</param>
/// <param name="Coded">What it is in the standard's words.</param>
/// <param name="Term">What it is in the site's words.</param>
/// <param name="Date">When.</param>
/// <param name="Number">Number of the row among the participant's, from 1.</param>
internal sealed record DispositionRow(DatasetSubject Subject, string Category, string Coded, string Term, string? Date, int Number = 0) : IDatasetRow
{
    private const string Milestone = "PROTOCOL MILESTONE";
    private const string Lost = "LOST TO FOLLOW-UP";

    /// <summary>Category of an end.</summary>
    public const string End = "DISPOSITION EVENT";

    /// <summary>The milestones and ends of a participant by the cut-off.</summary>
    /// <param name="subject">The participant.</param>
    public static IEnumerable<DispositionRow> Of(DatasetSubject subject) =>
        Milestones(subject).Concat(Ends(subject)).Where(row => subject.HadHappened(row.Date ?? "")).Select((row, i) => row with { Number = i + 1 });

    /// <summary>How the participation ended: the first end by the cut-off; null while it goes on, also again after the participant was lost.</summary>
    /// <param name="subject">The participant.</param>
    public static DispositionRow? FindEnd(DatasetSubject subject)
    {
        var told = subject.Dossier.All<FollowUp>().Select(found => found.Form).Where(form => subject.HadHappened(form.StatusDate)).ToList();
        var seen = told.Where(form => form.Status == Status.Ongoing).Select(form => form.StatusDate).Max(StringComparer.Ordinal);
        var lost = told.Where(form => form.Status == Status.LostToFollowUp && string.CompareOrdinal(form.StatusDate, seen) >= 0)
            .Select(form => form.StatusDate).Min(StringComparer.Ordinal);
        return Of(subject).Where(row => row.Category == End && !(row.Coded == Lost && lost is null))
            .Select(row => row.Coded == Lost && lost is not null ? row with { Date = Dtc.Text(lost) } : row)
            .OrderBy(row => row.Date, StringComparer.Ordinal).FirstOrDefault();
    }

    private static IEnumerable<DispositionRow> Milestones(DatasetSubject subject)
    {
        if (subject.ConsentDate is { } consent)
        {
            yield return new DispositionRow(subject, Milestone, "INFORMED CONSENT OBTAINED", "INFORMED CONSENT OBTAINED", Dtc.Text(consent));
        }

        foreach (var found in subject.Dossier.All<Eligibility>().Where(found => found.Form.Eligible == YesNoUnknown.Yes))
        {
            yield return new DispositionRow(subject, Milestone, "ELIGIBILITY CRITERIA MET", "ELIGIBILITY CRITERIA MET", Dtc.Text(found.Form.EligibilityDate));
        }

        if (subject.EnrolmentDate is { } enrolment)
        {
            yield return new DispositionRow(subject, Milestone, "ENTERED INTO TRIAL", "ENTERED INTO TRIAL", Dtc.Text(enrolment));
        }
    }

    // A follow-up repeats what earlier ones said: each end once, when it was told first. A death is told by its own form.
    private static IEnumerable<DispositionRow> Ends(DatasetSubject subject)
    {
        var told = subject.Dossier.All<FollowUp>().Select(found => found.Form)
            .Select(form => (Coded: Word(form.Status), Term: form.HasStatusReason ? form.StatusReason : "", Date: form.StatusDate))
            .Append((Coded: subject.Participation is { HasConsentWithdrawalDate: true } ? "WITHDRAWAL OF CONSENT" : null, Term: "", Date: subject.Participation?.ConsentWithdrawalDate ?? ""))
            .Where(end => end.Coded is not null && !(end.Coded == "DEATH" && subject.DeathForm is not null));
        foreach (var end in told.GroupBy(end => end.Coded))
        {
            var first = end.MinBy(one => one.Date, StringComparer.Ordinal);
            yield return new DispositionRow(subject, End, first.Coded!, first.Term.Length == 0 ? first.Coded! : first.Term, Dtc.Text(first.Date));
        }

        if (subject is { DeathDate: not null, DeathForm: { } death })
        {
            yield return new DispositionRow(subject, End, "DEATH", "DEATH", Dtc.Text(death.Form.DeathDate));
        }
    }

    private static string? Word(Status status) => status switch
    {
        Status.CompletedW24 => "COMPLETED",
        Status.Death => "DEATH",
        Status.LostToFollowUp => Lost,
        Status.WithdrewConsent => "WITHDRAWAL OF CONSENT",
        Status.Physician => "PHYSICIAN DECISION",
        Status.NotInfused => "NEVER DOSED",
        Status.Other => "OTHER",
        _ => null,
    };
}
