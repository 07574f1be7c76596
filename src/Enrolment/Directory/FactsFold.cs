using Equecel.Enrolment.Lymphodepletions;
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
        Site site => new ParticipantFacts
        {
            Participant = context.Site,
            Site = context.Site,
            Revision = 1,
            LaboratoryRanges = { site.LaboratoryRanges.Where(range => range.Test == Site.Types.LaboratoryTest.Ldh) },
        },
        Participation participation => Enrol(facts, context, participation),
        Infusion infusion when facts is not null && CivilDate.FindInChina(infusion.StartTime) is { } day => With(facts, next =>
        {
            next.InfusionDate = Earlier(next.InfusionDate, CivilDate.ToWire(day));
            if (infusion.SecondInfusion)
            {
                next.SecondInfusionDate = CivilDate.ToWire(day);
            }
        }),
        FollowUp followUp when facts is not null => With(facts, next => FollowUpFold.Add(next, followUp)),
        MyelomaHistory history when facts is not null => With(facts, next => Diagnose(next, history)),
        Leukapheresis { CollectionDate.Length: > 0 } collection when facts is not null =>
            With(facts, next => next.LeukapheresisDate = Earlier(next.LeukapheresisDate, collection.CollectionDate)),
        Lymphodepletion { SecondInfusion: false } depletion when facts is not null && DepletionDays.Find(depletion) is { } days => With(facts, next =>
            (next.LymphodepletionStartDate, next.LymphodepletionEndDate) = (CivilDate.ToWire(days.First), CivilDate.ToWire(days.Last))),
        SubsequentTherapy { StartDate.Length: > 0 } therapy when facts is not null =>
            With(facts, next => next.NewTherapyDate = Earlier(next.NewTherapyDate, therapy.StartDate)),
        Freeze freeze when facts is not null => With(facts, next => SetFreeze(next, freeze.State == V1.Freeze.Types.State.Frozen ? freeze.Reason : null)),
        _ => facts,
    };

    private static ParticipantFacts Enrol(ParticipantFacts? facts, FormContext context, Participation form) => With(facts ?? new ParticipantFacts(), next =>
    {
        next.Participant = context.Participant;
        next.Site = context.Site;
        next.Origin = context.Origin;
        next.EnrolmentDate = form.EnrolmentDate;
        next.Sex = form.Sex;
        next.ConsentHgrSamples = form.ConsentHgrSamples;
        next.ConsentCrossBorder = form.ConsentCrossBorder;
        next.WithdrawalScope = form.WithdrawalScope;
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

    /// <summary>What is known of a participant in its site, whose freeze is the participant's as well.</summary>
    /// <param name="facts">What is known of the participant.</param>
    /// <param name="site">What is known of the site; null when nothing is.</param>
    public static ParticipantFacts InSite(ParticipantFacts facts, ParticipantFacts? site)
    {
        if (facts.HasFreezeReason || site is not { HasFreezeReason: true })
        {
            return facts;
        }

        var next = facts.Clone();
        next.FreezeReason = site.FreezeReason;
        return next;
    }

    private static void SetFreeze(ParticipantFacts facts, string? reason)
    {
        facts.ClearFreezeReason();
        if (reason is not null)
        {
            facts.FreezeReason = reason;
        }
    }

    private static void Diagnose(ParticipantFacts next, MyelomaHistory form)
    {
        (next.HeavyChain, next.LightChain) = (form.HeavyChain, form.LightChain);
        if (form.HasDiagnosisDate)
        {
            next.DiagnosisDate = form.DiagnosisDate;
        }
    }

    private static ParticipantFacts With(ParticipantFacts facts, Action<ParticipantFacts> change)
    {
        var next = facts.Clone();
        change(next);
        next.Revision++;
        return next;
    }

    // Dates on the wire sort as text.
    private static string Earlier(string a, string b) => a.Length == 0 || string.CompareOrdinal(b, a) < 0 ? b : a;
}
