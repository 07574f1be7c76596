using Equecel.Analytics.Cohort;
using Equecel.Analytics.Datasets.Tabulation;
using Equecel.Analytics.Derivation;
using Equecel.Analytics.Dossiers;
using Equecel.Analytics.Endpoints;
using Equecel.Analytics.Tables;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Safety.V1;

namespace Equecel.Analytics.Datasets;

/// <summary>One participant as the datasets tell of them: what was derived once for all of them.</summary>
internal sealed class DatasetSubject
{
    /// <summary>Name of the study, the first part of a subject's name.</summary>
    public const string StudyId = "EQUECEL-RWS";

    private List<ResponseRow>? responses;
    private ParticipantEndpoints? endpoints;

    /// <summary>Derives one from a dossier.</summary>
    /// <param name="dossier">What is known of the participant.</param>
    /// <param name="cutoff">What happened later is not used; null for no cut-off.</param>
    public DatasetSubject(Dossier dossier, DateOnly? cutoff)
    {
        Subject = Subject.Of(dossier, cutoff);
        Participation = dossier.Find<Participation>();
        Infusions =
        [
            .. dossier.All<Infusion>().Where(found => Dtc.DayOf(found.Form.StartTime) is { } day && Subject.HadHappened(day)).OrderBy(found => found.Form.StartTime.ToDateTime()),
        ];
        TreatmentStart = Infusions.Count == 0 ? null : Dtc.DayOf(Infusions[0].Form.StartTime);
        TreatmentEnd = Infusions.Count == 0 ? null : Dtc.DayOf(Infusions[^1].Form.StartTime);
        LymphodepletionStart = dossier.All<Lymphodepletion>().Where(found => !found.Form.SecondInfusion)
            .SelectMany(found => found.Form.Doses).Select(dose => PartialDate.FindDay(dose.DoseDate)).Min();
        ConsentDate = PartialDate.FindDay(Participation?.ConsentDate ?? "");
        EnrolmentDate = PartialDate.FindDay(Participation?.EnrolmentDate ?? "");

        var lastContact = DossierFacts.ContactsOf(dossier).Select(date => (DateOnly?)date).Max();
        DeathForm = dossier.All<Death>().Where(found => PartialDate.Find(found.Form.DeathDate) is not null).Select(found => (DossierForm<Death>?)found).FirstOrDefault();
        var death = DeathForm is { } known ? (DateOnly?)Cohort.DeathDate.Complete(PartialDate.Find(known.Form.DeathDate)!.Value, lastContact, Subject.Course?.InfusionDate) : null;
        DeathDate = death > cutoff ? null : death;
        DiedLater = death > cutoff;
        LastAliveDate = LastAlive(lastContact, death);
    }

    /// <summary>The participant of the analyses.</summary>
    public Subject Subject { get; }

    /// <summary>What is known of the participant.</summary>
    public Dossier Dossier => Subject.Dossier;

    /// <summary>The subject's name over all studies: that of the study, and the participant's code.</summary>
    public string Name => $"{StudyId}-{Dossier.Participant}";

    /// <summary>That the person takes part; null while it is not known.</summary>
    public Participation? Participation { get; }

    /// <summary>The infusions by the cut-off, in order of time.</summary>
    public IReadOnlyList<DossierForm<Infusion>> Infusions { get; }

    /// <summary>Date of the first infusion: day 1. Null before it.</summary>
    public DateOnly? TreatmentStart { get; }

    /// <summary>Date of the last infusion.</summary>
    public DateOnly? TreatmentEnd { get; }

    /// <summary>First day of the lymphodepletion before the first infusion; null without it.</summary>
    public DateOnly? LymphodepletionStart { get; }

    /// <summary>Date of consent; null where it was waived or is not known.</summary>
    public DateOnly? ConsentDate { get; }

    /// <summary>Date of enrolment.</summary>
    public DateOnly? EnrolmentDate { get; }

    /// <summary>The death with a date, be it after the cut-off; null while alive.</summary>
    public DossierForm<Death>? DeathForm { get; }

    /// <summary>Date of death by the cut-off, completed where its day is not known.</summary>
    public DateOnly? DeathDate { get; }

    /// <summary>Whether the participant died after the cut-off.</summary>
    public bool DiedLater { get; }

    /// <summary>Last date known alive, not after death or the cut-off; null when nothing proves life.</summary>
    public DateOnly? LastAliveDate { get; }

    /// <summary>Whether the participant is in the analyses of the infused.</summary>
    public bool IsAnalysed => Subject.Course is not null;

    /// <summary>The endpoints; asked only of those who are analysed.</summary>
    public ParticipantEndpoints Endpoints => endpoints ??= ParticipantEndpoints.Derive(Subject.Course!);

    /// <summary>The rows of RS, to which analysis datasets trace.</summary>
    public IReadOnlyList<ResponseRow> Responses => responses ??= [.. ResponseRow.Of(this)];

    /// <summary>Whether the participant takes part by the cut-off, as far as is known.</summary>
    public bool IsIncluded => Subject.Exclusion != Exclusion.NoRecord
        && (TreatmentStart is not null || ((EnrolmentDate ?? ConsentDate) is { } began ? Subject.HadHappened(began) : Subject.Exclusion != Exclusion.InfusedAfterCutoff));

    /// <summary>Whether the participant was found not to be eligible and was never infused. Who was infused took part, whatever the criteria say.</summary>
    public bool IsScreenFailure => TreatmentStart is null
        && Dossier.All<Eligibility>().Any(found => found.Form is { Eligible: YesNoUnknown.No, Overridden: false } && HadHappened(found.Form.EligibilityDate));

    /// <summary>Completed years at the first infusion, before it at consent, for a birth in the middle of the month; null when not known.</summary>
    public int? AgeYears =>
        PartialDate.Find(Participation?.BirthYearMonth ?? "") is { } birth && (TreatmentStart ?? ConsentDate ?? EnrolmentDate) is { } on
            ? Age.Years(new PartialDate(birth.First.AddDays(14), IsMonth: false), on)
            : null;

    /// <summary>Study day of a date; null when either is not known.</summary>
    /// <param name="date">The date.</param>
    public int? DayOf(DateOnly? date) => date is { } day && TreatmentStart is { } start ? StudyDay.Of(day, start) : null;

    /// <summary>Study day of a date of a form, whose day must be known.</summary>
    /// <param name="date">The date.</param>
    public int? DayOf(string date) => DayOf(PartialDate.FindDay(date));

    /// <summary>Epoch of a date; null when its day is not known.</summary>
    /// <param name="date">The date.</param>
    public string? EpochOf(DateOnly? date) => Epoch.Of(date, LymphodepletionStart, TreatmentStart);

    /// <summary>Epoch of a date of a form; null when its day is not known.</summary>
    /// <param name="date">The date.</param>
    public string? EpochOf(string date) => EpochOf(PartialDate.FindDay(date));

    /// <summary>Whether something had begun by the cut-off; so does what has no date.</summary>
    /// <param name="date">When, as far as it is known.</param>
    public bool HadHappened(string date) => Subject.HadHappened(date);

    private DateOnly? LastAlive(DateOnly? lastContact, DateOnly? death)
    {
        // Of who is analysed, what ends overall survival, in which a death or a contact after the cut-off proves life at it.
        var last = new[] { lastContact, TreatmentEnd, IsAnalysed ? null : EnrolmentDate, DiedLater ? Subject.Cutoff : null }.Max();
        return new[] { last, death, Subject.Cutoff }.Where(date => date is not null && last is not null).Min();
    }
}
