using Equecel.Common.V1;
using Equecel.Enrolment.Therapies;
using Equecel.Enrolment.V1;

namespace Equecel.Enrolment.PriorLines;

/// <summary>What a participant had before the cells were collected, and what no longer worked. Yes, no, or null for unknown.</summary>
/// <remarks>Source: Rajkumar et al., Blood 2011, 117:4691 (refractory: no minimal response, or progression on therapy or within 60 days of it).</remarks>
internal sealed class TherapyExposure
{
    private const int DaysAfterLastDose = 60;

    private readonly IReadOnlyList<(PriorLine Line, Treatment Treatment)> treatments;
    private readonly IReadOnlyList<PriorLine> lines;

    /// <summary>Takes the lines.</summary>
    /// <param name="lines">All that are recorded.</param>
    /// <param name="collected">Date of leukapheresis, or of the infusion without one; null when there is neither.</param>
    public TherapyExposure(IEnumerable<PriorLine> lines, DateOnly? collected)
    {
        this.lines = [.. lines.OrderBy(line => line.LineNumber)];
        treatments = [.. from line in this.lines from treatment in line.Treatments where !IsFrom(collected, line, treatment) select (line, treatment)];
    }

    /// <summary>Number of lines.</summary>
    public int LineCount => lines.Count;

    /// <summary>Exposed to all of the three great classes.</summary>
    public bool? TripleClassExposed => Exposed(TherapyClass.Pi) & Exposed(TherapyClass.Imid) & Exposed(TherapyClass.AntiCd38);

    /// <summary>Refractory to all of them.</summary>
    public bool? TripleClassRefractory => Refractory(TherapyClass.Pi) & Refractory(TherapyClass.Imid) & Refractory(TherapyClass.AntiCd38);

    /// <summary>Exposed to two, two and one drugs of them.</summary>
    public bool? PentaDrugExposed => Penta((_, _) => true);

    /// <summary>Refractory to as many.</summary>
    public bool? PentaDrugRefractory => Penta(IsRefractory);

    /// <summary>Refractory to any drug of the last line.</summary>
    public bool? RefractoryToLastLine => lines.Count == 0 ? null : ThreeValued.Any(
        lines[^1].Treatments.Where(treatment => !AgentClass.IsProcedure(treatment.TherapyClass)).Select(treatment => IsRefractory(lines[^1], treatment)));

    /// <summary>Never minimal response or better.</summary>
    public bool? PrimaryRefractory => !Responded;

    /// <summary>Minimal response or better on some line, and refractory to the last.</summary>
    public bool? RelapsedAndRefractory => Responded & RefractoryToLastLine;

    /// <summary>Any therapy against BCMA.</summary>
    public bool? PriorBcma => Exposed(TherapyClass.BcmaCart) | Exposed(TherapyClass.BcmaBispecific) | Exposed(TherapyClass.BcmaAdc);

    /// <summary>Any CAR-T cells.</summary>
    public bool? PriorCart => Exposed(TherapyClass.BcmaCart) | Exposed(TherapyClass.OtherCart);

    /// <summary>Last day of the last line's therapy; null when it is not known to the day.</summary>
    public DateOnly? LastDose => lines.Count == 0 ? null : lines[^1].Treatments
        .Select(treatment => PartialDate.Find(treatment.LastDoseDate) ?? PartialDate.Find(lines[^1].EndDate))
        .Append(PartialDate.Find(lines[^1].EndDate))
        .OfType<PartialDate>().OrderBy(date => date.Latest).Select(date => date.Day).LastOrDefault();

    private bool? Responded => lines.Count == 0 ? null : ThreeValued.Any(lines.Select(HasResponded));

    // Line 3 without line 2 leaves unknown what line 2 was.
    private bool IsComplete => lines.Count > 0 && lines.Select((line, i) => line.LineNumber == i + 1).All(isNext => isNext);

    /// <summary>Whether any drug of a class was given.</summary>
    /// <param name="therapyClass">The class.</param>
    public bool? Exposed(TherapyClass therapyClass) => Of(therapyClass).Any() ? true : IsComplete ? false : null;

    /// <summary>Whether any drug of a class no longer worked.</summary>
    /// <param name="therapyClass">The class.</param>
    public bool? Refractory(TherapyClass therapyClass) =>
        ThreeValued.Any(Of(therapyClass).Select(row => IsRefractory(row.Line, row.Treatment)).Append(IsComplete ? false : null));

    /// <summary>Whether a drug no longer worked.</summary>
    /// <param name="line">Its line.</param>
    /// <param name="treatment">The drug.</param>
    public static bool? IsRefractory(PriorLine line, Treatment treatment)
    {
        if (line.BestResponse is TherapyResponse.StableDisease or TherapyResponse.ProgressiveDisease || treatment.StopReason == StopReason.Pd)
        {
            return true;
        }

        if (line.Progressed != YesNoUnknown.Yes)
        {
            return line.Progressed == YesNoUnknown.No ? false : null;
        }

        if (PartialDate.Find(line.ProgressionDate) is not { } progression || PartialDate.Find(treatment.LastDoseDate) is not { } last)
        {
            return null;
        }

        var first = PartialDate.Find(treatment.FirstDoseDate) ?? PartialDate.Find(line.StartDate);
        return progression.Earliest > last.Latest.AddDays(DaysAfterLastDose) || progression.Latest < first?.Earliest ? false
            : progression.Latest <= last.Earliest.AddDays(DaysAfterLastDose) && (first is null || progression.Earliest >= first.Value.Latest) ? true
            : null;
    }

    private static bool? HasResponded(PriorLine line) => line.BestResponse switch
    {
        TherapyResponse.Unspecified or TherapyResponse.Unknown => null,
        TherapyResponse.StableDisease or TherapyResponse.ProgressiveDisease => false,
        _ => true,
    };

    // A prior line without dates is before the collection, since the site says that it is prior.
    private static bool IsFrom(DateOnly? collected, PriorLine line, Treatment treatment) =>
        (PartialDate.Find(treatment.FirstDoseDate) ?? PartialDate.Find(line.StartDate))?.Earliest >= collected;

    private IEnumerable<(PriorLine Line, Treatment Treatment)> Of(TherapyClass therapyClass) =>
        treatments.Where(row => row.Treatment.TherapyClass == therapyClass);

    private bool? Penta(Func<PriorLine, Treatment, bool?> counts) =>
        Drugs(TherapyClass.Pi, 2, counts) & Drugs(TherapyClass.Imid, 2, counts) & Drugs(TherapyClass.AntiCd38, 1, counts);

    // A drug given twice is one drug.
    private bool? Drugs(TherapyClass therapyClass, int count, Func<PriorLine, Treatment, bool?> counts) => ThreeValued.AtLeast(
        Of(therapyClass)
            .GroupBy(row => row.Treatment.Agent == Agent.Unspecified ? row.Treatment.Name.Trim().ToUpperInvariant() : row.Treatment.Agent.ToString())
            .Select(drug => ThreeValued.Any(drug.Select(row => counts(row.Line, row.Treatment))))
            .Concat(IsComplete ? [] : Enumerable.Repeat((bool?)null, count)),
        count);
}
