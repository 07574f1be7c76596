using Equecel.Common.V1;
using Equecel.Safety.V1;
using static Equecel.Safety.V1.AdverseEvent.Types;

namespace Equecel.Cli.Study;

/// <summary>An adverse event of a synthetic participant.</summary>
/// <param name="Term">What happened.</param>
/// <param name="Grade">Worst grade.</param>
/// <param name="Onset">First day, counted from the infusion.</param>
/// <param name="Days">How many days it lasts.</param>
internal sealed record StudyEvent(string Term, int Grade, int Onset, int Days)
{
    private const int HoursOfOnset = 8;

    /// <summary>Request id of its form, by which other forms name its record; set when the form is added.</summary>
    public string Id { get; init; } = "";

    /// <summary>What makes it serious; empty when it is not.</summary>
    public SeriousnessCriterion[] Seriousness { get; init; } = [];

    /// <summary>Which kind of special interest it is.</summary>
    public SpecialInterest Interest { get; init; }

    /// <summary>Whether the product caused it.</summary>
    public Causality Causality { get; init; } = Causality.Possible;

    /// <summary>What it was treated with.</summary>
    public TreatmentKind[] Treatments { get; init; } = [];

    /// <summary>Findings of CRS.</summary>
    public CrsFindings? Crs { get; init; }

    /// <summary>Findings of ICANS.</summary>
    public IcansFindings? Icans { get; init; }

    /// <summary>Its form.</summary>
    /// <param name="course">What happens to the participant.</param>
    public AdverseEvent ToForm(Course course)
    {
        var (isSerious, isFatal) = (Seriousness.Length > 0, Grade == 5);
        var end = Onset + Days;
        var isOver = end <= course.EndDay;
        var form = new AdverseEvent
        {
            Term = Term,
            OnsetDate = course.On(Onset),
            Ongoing = !isOver,
            CtcaeVersion = CtcaeVersion._50,
            Grade = Grade,
            Serious = isSerious,
            SeriousnessCriteria = { Seriousness },
            Causes =
            {
                new CauseAssessment { Cause = Cause.EqueCel, Causality = Causality },
                new CauseAssessment { Cause = Cause.Lymphodepletion, Causality = Onset < 30 ? Causality.Possible : Causality.Unlikely },
            },
            Outcome = isFatal ? EventOutcome.Fatal : isOver ? EventOutcome.Recovered : EventOutcome.NotRecovered,
            Action = AdverseEvent.Types.Action.NotApplicable,
            SpecialInterest = Interest,
            Crs = Crs,
            Icans = Icans,
            Treatments = { Treatments.Select(kind => new Treatment { Kind = kind, StartDate = course.On(Onset) }) },
        };
        if (isOver)
        {
            form.EndDate = course.On(end);
        }

        if (Crs is not null || Icans is not null)
        {
            form.OnsetTime = Dates.At(course.Infusion.AddDays(Onset), HoursOfOnset);
        }

        if (isSerious)
        {
            Report(form, course);
        }

        return form;
    }

    private void Report(AdverseEvent form, Course course)
    {
        var day = course.Infusion.AddDays(Onset);
        form.AwarenessTime = Dates.At(day, 12);
        form.SponsorAwarenessTime = Dates.At(day.AddDays(1), 9);
        form.SponsorCausality = Causality;
        form.Expectedness = Interest is SpecialInterest.SecondaryMalignancy ? Expectedness.Unexpected : Expectedness.Expected;
        form.Reports.Add(new SubmittedReport
        {
            Rules = { ReportingRule.C1, Grade == 5 ? ReportingRule.C6 : ReportingRule.C5 },
            SubmitTime = Dates.At(day.AddDays(1), 10),
            Recipient = "Synthetic sponsor",
        });
        form.Narrative = "Synthetic narrative of a synthetic event. 合成数据。";

        // Whoever sends old events says why they come late; some forget it, and are asked (S24).
        if (course.Number % 7 != 0)
        {
            form.LateEntryReason = "Sent with the records of the synthetic study";
        }
    }
}
