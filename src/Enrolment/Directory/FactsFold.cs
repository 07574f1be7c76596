using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Google.Protobuf;

namespace Equecel.Enrolment.Directory;

/// <summary>What is known of a participant, made from its records one after the other, in any order after the participation.</summary>
public static class FactsFold
{
    /// <summary>Adds a record.</summary>
    /// <param name="facts">What is known so far; null before the first record.</param>
    /// <param name="context">About the form.</param>
    /// <param name="form">The form.</param>
    /// <returns>What is known then; the same while the participant is not enrolled.</returns>
    public static ParticipantFacts? Add(ParticipantFacts? facts, FormContext context, IMessage form) => form switch
    {
        Site => new ParticipantFacts { Participant = context.Site, Site = context.Site, Revision = 1 },
        Participation participation => Enrol(facts, context, participation),
        Infusion infusion when facts is not null && CivilDate.FindInChina(infusion.StartTime) is { } day =>
            With(facts, next => next.InfusionDate = Earlier(next.InfusionDate, CivilDate.ToWire(day))),
        FollowUp followUp when facts is not null => With(facts, next => next.LastKnownAliveDate = Later(next.LastKnownAliveDate, followUp.LastKnownAliveDate)),
        _ => facts,
    };

    private static ParticipantFacts Enrol(ParticipantFacts? facts, FormContext context, Participation form) => With(facts ?? new ParticipantFacts(), next =>
    {
        next.Participant = context.Participant;
        next.Site = context.Site;
        next.Origin = context.Origin;
        next.EnrolmentDate = form.EnrolmentDate;
        if (form.HasBirthYearMonth)
        {
            next.BirthYearMonth = form.BirthYearMonth;
        }

        if (form.HasConsentDate)
        {
            next.ConsentDate = form.ConsentDate;
        }

        if (form.HasBodyMassKg)
        {
            next.BodyMassKg = form.BodyMassKg;
        }

        if (form.HasConsentWithdrawalDate)
        {
            next.QuestionnaireEndDate = form.ConsentWithdrawalDate;
        }

        // A withdrawal from the questionnaires alone lets everything else go on.
        if (form.HasConsentWithdrawalDate && form.WithdrawalScope != Participation.Types.WithdrawalScope.AlsoQolOnly)
        {
            next.CollectionEndDate = form.ConsentWithdrawalDate;
        }
    });

    private static ParticipantFacts With(ParticipantFacts facts, Action<ParticipantFacts> change)
    {
        var next = facts.Clone();
        change(next);
        next.Revision++;
        return next;
    }

    // Dates on the wire sort as text.
    private static string Earlier(string a, string b) => a.Length == 0 || string.CompareOrdinal(b, a) < 0 ? b : a;

    private static string Later(string a, string b) => string.CompareOrdinal(b, a) > 0 ? b : a;
}
