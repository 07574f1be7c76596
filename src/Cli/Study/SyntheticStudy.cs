using Equecel.Common.V1;

namespace Equecel.Cli.Study;

/// <summary>A study that never was: every form of every participant, made of a seed and the participant's number alone.</summary>
/// <param name="seed">The seed.</param>
internal sealed class SyntheticStudy(long seed)
{
    /// <summary>Whether a participant was infused.</summary>
    /// <param name="number">Number of the participant in the study, from 0.</param>
    public bool IsInfused(int number) => Course.Of(seed, number).IsInfused;

    /// <summary>Forms about a site.</summary>
    /// <param name="site">The site.</param>
    public IReadOnlyList<StudyRow> FormsOf(StudySite site)
    {
        var forms = new FormSet(seed, site.Code, "", DataOrigin.Prospective);
        SiteForms.Add(forms, site);
        return forms.Rows;
    }

    /// <summary>Forms about a participant.</summary>
    /// <param name="number">Number of the participant in the study, from 0.</param>
    public IReadOnlyList<StudyRow> FormsOf(int number)
    {
        var course = Course.Of(seed, number);
        var participant = StudySite.ParticipantOf(number);
        var forms = new FormSet(seed, participant, participant, course.Origin);
        PersonForms.Add(forms, course);
        HistoryForms.Add(forms, course);
        TreatmentForms.Add(forms, course);
        if (course.IsInfused)
        {
            AssessmentForms.Add(forms, course);
            QuestionnaireForms.Add(forms, course);
        }

        var events = EventForms.Add(forms, course);
        ToxicityForms.AddDays(forms, course, events);
        CareForms.Add(forms, course, events);
        return forms.Rows;
    }
}
