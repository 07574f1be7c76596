using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using static Equecel.Enrolment.V1.PriorLine.Types;

namespace Equecel.Cli.Study;

/// <summary>The lines of therapy before the infusion.</summary>
internal static class LineForms
{
    private const int MonthsOfLine = 9;
    private const int DaysOfMonth = 30;

    /// <summary>Adds them.</summary>
    /// <param name="forms">Where to.</param>
    /// <param name="course">What happens to the participant.</param>
    /// <returns>First day of the first line.</returns>
    public static DateOnly Add(FormSet forms, Course course)
    {
        var draw = course.Draw("lines");
        var count = 1 + draw.Weighed(12, 28, 22, 15, 10, 7, 4, 2);
        var isExposed = draw.Chance(0.65);
        var isRefractory = isExposed && draw.Chance(0.54);
        var hasBcma = count > 2 && draw.Chance(0.12);
        var first = course.Infusion.AddDays(course.LeukapheresisDay - 20 - (count * MonthsOfLine * DaysOfMonth));
        for (var number = 1; number <= count; number++)
        {
            var start = first.AddDays((number - 1) * MonthsOfLine * DaysOfMonth);
            var line = Line(draw, number, start, Drugs(number, count, isExposed, hasBcma, draw), isRefractory || number == count);
            var key = $"line {number}";
            var hasGap = course.Contradiction == Contradiction.ProgressionDate && number == 1;
            var progression = line.ProgressionDate;
            if (hasGap)
            {
                line.ClearProgressionDate();
            }

            forms.Add(key, new Enrolment.V1.SubmitRecordRequest { PriorLine = line });
            if (hasGap && course.IsCorrected)
            {
                forms.Amend<Enrolment.V1.SubmitRecordRequest>(key, request => request.PriorLine.ProgressionDate = progression, "Date was found in the records");
            }
        }

        return first;
    }

    private static List<Treatment> Drugs(int number, int count, bool isExposed, bool hasBcma, Draw draw)
    {
        List<Treatment> drugs = number switch
        {
            1 => [Drug(Agent.Bortezomib, TherapyClass.Pi), Drug(Agent.Lenalidomide, TherapyClass.Imid)],
            _ when number == count && isExposed => [Drug(Agent.Daratumumab, TherapyClass.AntiCd38), Drug(Agent.Pomalidomide, TherapyClass.Imid)],
            _ when number == 2 && hasBcma => [Drug(Agent.BelantamabMafodotin, TherapyClass.BcmaAdc)],
            _ => draw.Pick<Treatment[]>(
                [Drug(Agent.Carfilzomib, TherapyClass.Pi), Drug(Agent.Cyclophosphamide, TherapyClass.Alkylator)],
                [Drug(Agent.Ixazomib, TherapyClass.Pi)],
                [Drug(Agent.Selinexor, TherapyClass.Xpo1)],
                [Drug(Agent.LiposomalDoxorubicin, TherapyClass.Anthracycline)]).ToList(),
        };
        if (count == 1 && isExposed)
        {
            drugs.Add(Drug(Agent.Daratumumab, TherapyClass.AntiCd38));
        }

        drugs.Add(Drug(Agent.Dexamethasone, TherapyClass.Steroid));
        if (number == 1 && draw.Chance(0.35))
        {
            drugs.Add(new() { TherapyClass = TherapyClass.Asct, Conditioning = "Melphalan 200 mg/m²" });
        }

        return drugs;
    }

    // Progression on a drug, or within 60 days of its last dose, makes the disease refractory to it.
    private static PriorLine Line(Draw draw, int number, DateOnly start, List<Treatment> drugs, bool isRefractory)
    {
        var last = start.AddDays(isRefractory ? 230 : 150);
        foreach (var drug in drugs)
        {
            drug.FirstDoseDate = Dates.Text(drug.TherapyClass == TherapyClass.Asct ? start.AddDays(120) : start);
            drug.LastDoseDate = Dates.Text(drug.TherapyClass == TherapyClass.Asct ? start.AddDays(120) : last);
        }

        return new()
        {
            LineNumber = number,
            StartDate = Dates.Text(start),
            EndDate = Dates.Text(last),
            Regimen = string.Join(", ", drugs.Select(drug => drug.Agent == Agent.Unspecified ? "transplant" : $"{drug.Agent}".ToLowerInvariant())),
            Purposes = { number == 1 ? Purpose.Induction : Purpose.Salvage },
            BestResponse = draw.Pick(TherapyResponse.Complete, TherapyResponse.VeryGoodPartial, TherapyResponse.Partial, TherapyResponse.Partial),
            Progressed = YesNoUnknown.Yes,
            ProgressionDate = Dates.Text(last.AddDays(isRefractory ? 15 : 90)),
            StopReason = isRefractory ? StopReason.Pd : StopReason.Completed,
            Treatments = { drugs },
        };
    }

    private static Treatment Drug(Agent agent, TherapyClass therapyClass) => new() { Agent = agent, TherapyClass = therapyClass };
}
