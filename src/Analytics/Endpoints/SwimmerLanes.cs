using Equecel.Analytics.Cohort;
using Equecel.Analytics.Derivation;
using Equecel.Analytics.Dossiers;
using Equecel.Analytics.Tables;
using Equecel.Analytics.Tables.Topics;
using Equecel.Enrolment.V1;
using Equecel.Safety.V1;
using Lane = Equecel.Analytics.V1.SwimmerLane;

namespace Equecel.Analytics.Endpoints;

/// <summary>Makes the lane of a participant in a swimmer plot.</summary>
/// <remarks>Rule set RWS-1: responses as the investigator recorded them; survival methods, sections 12.4 to 12.6.</remarks>
internal static class SwimmerLanes
{
    /// <summary>Makes it.</summary>
    /// <param name="subject">The participant, who was infused.</param>
    public static Lane Of(Subject subject)
    {
        var course = subject.Course!;
        var end = TimeToDeath.Derive(course);
        var best = BestOverallResponse.Derive(course);
        var levels = ResponseLevels.Recorded(course).Where(level => !(course.DeathByCutoff < level.Date)).ToList();
        var lane = new Lane
        {
            Participant = subject.Dossier.Participant,
            Site = subject.Dossier.Site,
            Origin = subject.Origin,
            LastDay = end.Days,
            End = end.Reason switch
            {
                EndReason.Death => Lane.Types.End.Death,
                EndReason.DataCutoff => Lane.Types.End.DataCutoff,
                _ => Lane.Types.End.LastKnownAlive,
            },
            BestResponse = DossierFacts.ToV1(best.Category),
            Assessments = { course.Adequate.Select(day => new Lane.Types.Assessment { Day = Day(day.Date), Response = DossierFacts.ToV1(day.Highest) }) },
            CurrentSpans = { Spans(levels) },
            BestSpans = { Spans(BestSoFar(levels)) },
            Marks = { Marks(subject).OrderBy(mark => mark.Day).ThenBy(mark => mark.Kind) },
        };
        if (best.Date is { } reached)
        {
            lane.BestResponseDay = Day(reached);
        }

        return lane;

        int Day(DateOnly date) => StudyDay.Of(date, course.InfusionDate);

        IEnumerable<Lane.Types.Span> Spans(IReadOnlyList<(DateOnly Date, ResponseCategory Level)> all)
        {
            Lane.Types.Span? open = null;
            foreach (var (date, level) in all)
            {
                var response = DossierFacts.ToV1(level);
                if (open is not null && open.Response != response)
                {
                    open.LastDay = Day(date) - 1;
                    yield return open;
                    open = null;
                }

                open ??= new Lane.Types.Span { FirstDay = Day(date), Response = response };
                open.LastDay = Day(date);
            }

            if (open is not null)
            {
                yield return open;
            }
        }
    }

    /// <summary>The records that a lane is derived from.</summary>
    /// <param name="dossier">The participant.</param>
    public static IEnumerable<DossierRecord> SourcesOf(Dossier dossier) => dossier.Records.Where(record =>
        record.Form is Infusion or Death || RecordFacts.ContactOf(record.Form) is not null);

    // Up to the last assessment that was no progression.
    private static List<(DateOnly Date, ResponseCategory Level)> BestSoFar(IEnumerable<(DateOnly Date, ResponseCategory Level)> levels)
    {
        var best = new List<(DateOnly Date, ResponseCategory Level)>();
        foreach (var (date, level) in levels.Where(one => one.Level != ResponseCategory.ProgressiveDisease))
        {
            best.Add((date, best.Count > 0 && best[^1].Level > level ? best[^1].Level : level));
        }

        return best;
    }

    private static IEnumerable<Lane.Types.Mark> Marks(Subject subject)
    {
        var course = subject.Course!;
        if (course.Progression is { } progression && !(course.DeathByCutoff < progression))
        {
            yield return Mark(progression, Lane.Types.Mark.Types.Kind.Progression);
        }

        if (course.DeathByCutoff is { } death)
        {
            yield return Mark(death, Lane.Types.Mark.Types.Kind.Death);
        }

        foreach (var therapy in subject.Dossier.All<SubsequentTherapy>().Select(found => found.Form))
        {
            if (PartialDate.FindDay(therapy.StartDate) is { } start && start > course.InfusionDate && subject.HadHappened(start))
            {
                yield return Mark(start, Lane.Types.Mark.Types.Kind.NewTherapy, Regimen.Of(therapy.Treatments).Label);
            }
        }

        foreach (var again in subject.Dossier.All<Infusion>().Select(found => ClinicalDate.Of(found.Form)))
        {
            if (again > course.InfusionDate && subject.HadHappened(again.Value))
            {
                yield return Mark(again.Value, Lane.Types.Mark.Types.Kind.SecondInfusion);
            }
        }

        Lane.Types.Mark Mark(DateOnly date, Lane.Types.Mark.Types.Kind kind, string detail = "") =>
            new() { Day = StudyDay.Of(date, course.InfusionDate), Kind = kind, Detail = detail };
    }
}
