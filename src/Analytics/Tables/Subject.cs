using Equecel.Analytics.Cohort;
using Equecel.Analytics.Dossiers;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Safety.V1;

namespace Equecel.Analytics.Tables;

/// <summary>One participant of an analysis, with the dates that everything counts from.</summary>
/// <param name="Dossier">What is known of the participant.</param>
/// <param name="Cutoff">What happened later is not used; null for no cut-off.</param>
/// <param name="Facts">The dates, derived as for the survival curves.</param>
internal sealed record Subject(Dossier Dossier, DateOnly? Cutoff, ParticipantFacts Facts)
{
    /// <summary>Where the participant's data came from.</summary>
    public DataOrigin Origin => Facts.Origin;

    /// <summary>Why the participant is left out of analyses of the infused; null when not.</summary>
    public string? Exclusion => Facts.InfusionDate is not { } infusion ? "not infused"
        : infusion > Cutoff ? "infused after the cut-off"
        : Facts.DeathDate < infusion ? "death before infusion"
        : null;

    /// <summary>Derives one from a dossier.</summary>
    /// <param name="dossier">What is known of the participant.</param>
    /// <param name="cutoff">What happened later is not used; null for no cut-off.</param>
    public static Subject Of(Dossier dossier, DateOnly? cutoff) => new(
        dossier,
        cutoff,
        ParticipantFacts.Derive([.. dossier.Records.Select(Fact)]));

    /// <summary>Whether something had happened by the cut-off.</summary>
    /// <param name="date">When.</param>
    public bool HadHappened(DateOnly date) => !(date > Cutoff);

    private static RecordFact Fact(DossierRecord record) => record.Form switch
    {
        Participation => new RecordFact(RecordKind.Participation, record.Origin, isActive: true),
        Infusion { StartTime: { } start } => new RecordFact(RecordKind.Infusion, record.Origin, isActive: true, Day(DateOnly.FromDateTime(start.ToDateTime() + China))),
        FollowUp { LastKnownAliveDate: var date } => new RecordFact(RecordKind.FollowUp, record.Origin, isActive: true, PartialDate.Find(date)),
        Death { DeathDate: var date } => new RecordFact(RecordKind.Death, record.Origin, isActive: true, PartialDate.Find(date)),
        _ => new RecordFact(RecordKind.Assessment, record.Origin, isActive: true),
    };

    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    private static PartialDate Day(DateOnly date) => new(date, IsMonth: false);
}
