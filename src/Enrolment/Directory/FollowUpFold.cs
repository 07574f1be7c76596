using Equecel.Enrolment.V1;

namespace Equecel.Enrolment.Directory;

/// <summary>What follow-ups add to what is known of a participant, in any order.</summary>
internal static class FollowUpFold
{
    /// <summary>Adds one.</summary>
    /// <param name="facts">What is known, to be changed.</param>
    /// <param name="form">The follow-up.</param>
    public static void Add(ParticipantFacts facts, FollowUp form)
    {
        facts.LastKnownAliveDate = Later(facts.LastKnownAliveDate, form.LastKnownAliveDate);
        if (form.HasLastContactDate)
        {
            facts.LastContactDate = Later(facts.LastContactDate, form.LastContactDate);
        }

        // Two of one day: the one that says more, which is the later status of the study.
        var order = string.CompareOrdinal(form.StatusDate, facts.DispositionDate);
        if (order > 0 || (order == 0 && form.Status > facts.Disposition))
        {
            (facts.Disposition, facts.DispositionDate) = (form.Status, form.StatusDate);
        }

        if (form is { Status: FollowUp.Types.Status.Death, StatusDate.Length: > 0 }
            && (!facts.HasDeathDate || string.CompareOrdinal(form.StatusDate, facts.DeathDate) < 0))
        {
            facts.DeathDate = form.StatusDate;
        }
    }

    // Dates on the wire sort as text.
    private static string Later(string a, string b) => string.CompareOrdinal(b, a) > 0 ? b : a;
}
