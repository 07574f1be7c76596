namespace Equecel.Analytics.Derivation;

/// <summary>One infused participant's course up to a cut-off date, in order of time. What happened later is not in it.</summary>
/// <remarks>Rule set RWS-1: survival methods, sections 12.1, 12.4, 12.6 and 12.8.</remarks>
internal sealed class ClinicalCourse
{
    private readonly AssessedDay[] adequate;

    /// <summary>Orders a participant's records.</summary>
    /// <param name="records">The records, in any order.</param>
    /// <param name="cutoff">What happened later is not used; null for no cut-off.</param>
    /// <exception cref="ArgumentException">The infusion is after the cut-off, or the death before the infusion: such participants are in no analysis.</exception>
    public ClinicalCourse(ParticipantRecords records, DateOnly? cutoff)
    {
        (InfusionDate, Cutoff) = (records.InfusionDate, cutoff);
        if (InfusionDate > cutoff)
        {
            throw new ArgumentException($"The infusion on {InfusionDate:O} is after the cut-off on {cutoff:O}.", nameof(records));
        }

        Computed = [.. records.Assessments.Where(assessment => IsFollowUp(assessment.Date) && assessment.ComputedConfirmed is not null).OrderBy(assessment => assessment.Date)];
        adequate = [.. AdequateDays(records.Assessments.Where(assessment => IsFollowUp(assessment.Date)))];
        NewTherapyDate = Earliest(records.NewTherapies.Where(date => date > InfusionDate && !(date > cutoff)));
        var lastAlive = Latest(records.Contacts.Concat(records.Assessments.Select(assessment => assessment.Date)));
        DeathDate = records.Death is { } death ? Cohort.DeathDate.Complete(death, lastAlive, InfusionDate) : null;
        LastAliveDate = lastAlive > DeathDate ? DeathDate : lastAlive;
        IsDeathDateCompleted = records.Death is { IsMonth: true };
        if (DeathDate < InfusionDate)
        {
            throw new ArgumentException($"The death on {DeathDate:O} is before the infusion on {InfusionDate:O}.", nameof(records));
        }
    }

    /// <summary>Date of the first infusion.</summary>
    public DateOnly InfusionDate { get; }

    /// <summary>Last day that counts; null without a cut-off.</summary>
    public DateOnly? Cutoff { get; }

    /// <summary>Date of death, completed where its day is not known, be it after the cut-off; null while alive.</summary>
    public DateOnly? DeathDate { get; }

    /// <summary>Whether the day of death was not known.</summary>
    public bool IsDeathDateCompleted { get; }

    /// <summary>Date of death if by the cut-off.</summary>
    public DateOnly? DeathByCutoff => DeathDate > Cutoff ? null : DeathDate;

    /// <summary>Last date known alive, be it after the cut-off, not after the death; null without any contact.</summary>
    public DateOnly? LastAliveDate { get; }

    /// <summary>First start of new therapy after the day of infusion, by the cut-off; null without any.</summary>
    public DateOnly? NewTherapyDate { get; }

    /// <summary>The adequate assessments, one a day, in order of time.</summary>
    public IReadOnlyList<AssessedDay> Adequate => adequate;

    /// <summary>The assessments for which the algorithm says what is confirmed, in order of time.</summary>
    public IReadOnlyList<ResponseAssessment> Computed { get; }

    /// <summary>Date of the first progression that was recorded, whether it stood or not; null without any.</summary>
    public DateOnly? FirstRecordedProgression
    {
        get
        {
            var first = Array.FindIndex(adequate, day => day.IsProgression);
            return first < 0 ? null : adequate[first].Date;
        }
    }

    /// <summary>
    /// Date of progression: of the first one that is certain by itself, that the next adequate assessment confirms, or that no
    /// adequate assessment follows; null without any.
    /// </summary>
    public DateOnly? Progression
    {
        get
        {
            for (var i = 0; i < adequate.Length; i++)
            {
                var day = adequate[i];
                if (day.IsProgression && (day.IsProgressionCertain || i == adequate.Length - 1 || adequate[i + 1].IsProgression))
                {
                    return day.Date;
                }
            }

            return null;
        }
    }

    /// <summary>Date of the last adequate assessment; null without any.</summary>
    public DateOnly? LastAdequate => adequate.Length == 0 ? null : adequate[^1].Date;

    /// <summary>Date of the last adequate assessment not after a date; null without any.</summary>
    /// <param name="date">The date.</param>
    public DateOnly? LastAdequateBy(DateOnly date)
    {
        var last = Array.FindLastIndex(adequate, day => day.Date <= date);
        return last < 0 ? null : adequate[last].Date;
    }

    private bool IsFollowUp(DateOnly date) => date > InfusionDate && !(date > Cutoff);

    private static IEnumerable<AssessedDay> AdequateDays(IEnumerable<ResponseAssessment> assessments) =>
        from assessment in assessments
        where assessment.Investigator is not (null or ResponseCategory.NotEvaluable)
        group assessment by assessment.Date into day
        orderby day.Key
        let lowest = day.Min(assessment => assessment.Investigator!.Value)
        let isProgression = lowest == ResponseCategory.ProgressiveDisease
        let highest = isProgression ? lowest : day.Max(assessment => assessment.Investigator!.Value)
        let isCertain = day.Any(one => one.Investigator == ResponseCategory.ProgressiveDisease && one.IsProgressionCertain)
        select new AssessedDay(day.Key, highest, lowest, isCertain);

    private static DateOnly? Earliest(IEnumerable<DateOnly> dates) => dates.Select(date => (DateOnly?)date).Min();

    private static DateOnly? Latest(IEnumerable<DateOnly> dates) => dates.Select(date => (DateOnly?)date).Max();
}
