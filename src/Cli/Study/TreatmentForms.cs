using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using static Equecel.Enrolment.V1.Infusion.Types;
using static Equecel.Enrolment.V1.Leukapheresis.Types;
using static Equecel.Enrolment.V1.Lymphodepletion.Types;
using Agent = Equecel.Enrolment.V1.Agent;
using Depleting = Equecel.Enrolment.V1.Lymphodepletion.Types.Agent;

namespace Equecel.Cli.Study;

/// <summary>The way from the collection of cells to the infusion, and therapy after it.</summary>
internal static class TreatmentForms
{
    /// <summary>Adds them.</summary>
    /// <param name="forms">Where to.</param>
    /// <param name="course">What happens to the participant.</param>
    public static void Add(FormSet forms, Course course)
    {
        var draw = course.Draw("treatment");
        forms.Add("leukapheresis", new Enrolment.V1.SubmitRecordRequest
        {
            Leukapheresis = new()
            {
                CollectionDate = course.On(course.LeukapheresisDay),
                LymphocytesBeforeE9PerL = draw.Between(0.3, 2.2, 2),
                CollectionOutcome = CollectionOutcome.Success,
                ManufacturingOutcome = course.IsInfused ? ManufacturingOutcome.ReleasedInSpecification : ManufacturingOutcome.Failed,
            },
        });
        forms.Add("bridging", new Enrolment.V1.SubmitRecordRequest { Bridging = Bridge(course, draw) });
        if (!course.IsInfused)
        {
            return;
        }

        forms.Add("lymphodepletion", new Enrolment.V1.SubmitRecordRequest { Lymphodepletion = Deplete(course) });
        forms.Add("infusion", new Enrolment.V1.SubmitRecordRequest { Infusion = Infuse(course, draw) });
        if (course is { Contradiction: Contradiction.BodyMass, IsCorrected: true })
        {
            forms.Amend<Enrolment.V1.SubmitRecordRequest>("infusion", request =>
                (request.Infusion.BodyMassKg, request.Infusion.DoseMillionCells) = (course.BodyMassKg, course.BodyMassKg), "Body mass was that of another day");
        }

        var next = course.ProgressionDay + draw.Between(7, 35);
        if (course.Progressed && next < course.EndDay)
        {
            forms.Add("subsequent therapy", new Enrolment.V1.SubmitRecordRequest
            {
                SubsequentTherapy = new()
                {
                    StartDate = course.On(next),
                    Reason = SubsequentTherapy.Types.Reason.Pd,
                    Treatments = { new Treatment { TherapyClass = TherapyClass.Xpo1, Agent = Agent.Selinexor, FirstDoseDate = course.On(next) } },
                },
            });
        }
    }

    private static Bridging Bridge(Course course, Draw draw)
    {
        if (draw.Chance(0.1))
        {
            return new() { Given = YesNoUnknown.No };
        }

        var start = course.On(course.LeukapheresisDay + 3);
        var end = course.On(Course.DepletionDay - 8);
        return new()
        {
            Given = YesNoUnknown.Yes,
            StartDate = start,
            EndDate = end,
            Treatments = { new Treatment { TherapyClass = TherapyClass.Pi, Agent = Agent.Carfilzomib, FirstDoseDate = start, LastDoseDate = end } },
            Response = draw.Pick(TherapyResponse.Partial, TherapyResponse.StableDisease, TherapyResponse.StableDisease, TherapyResponse.ProgressiveDisease),
        };
    }

    private static Lymphodepletion Deplete(Course course) => new()
    {
        Doses =
        {
            from day in Enumerable.Range(Course.DepletionDay, 3)
            from drug in ((Depleting, double)[])[(Depleting.Fludarabine, 30), (Depleting.Cyclophosphamide, 500)]
            select new Dose { Agent = drug.Item1, DoseDate = course.On(day), DoseMgPerM2 = drug.Item2 },
        },
        DoseReduced = YesNoUnknown.No,
    };

    private static Infusion Infuse(Course course, Draw draw)
    {
        var mass = course.Contradiction == Contradiction.BodyMass ? Math.Round(course.BodyMassKg * 1.15, 1) : course.BodyMassKg;
        var infusion = new Infusion
        {
            StartTime = Dates.At(course.Infusion, 10),
            EndTime = Dates.At(course.Infusion, 10, draw.Between(20, 55)),
            BatchNumber = $"SYN{course.Number:0000000}",
            DoseMillionCells = Math.Clamp(Math.Round(mass * draw.Between(0.95, 1.05, 2), 1), 30, 120),
            BodyMassKg = mass,
            Premedications = { Premedication.Antipyretic, Premedication.Antihistamine },
            Setting = draw.Chance(0.98) ? Setting.Inpatient : Setting.Outpatient,
        };
        foreach (var (day, copies) in ((int, double)[])[(7, 20_000), (14, 90_000), (28, 30_000), (84, 3_000), (168, 500)])
        {
            if (course.IsProspective && day <= course.EndDay && draw.Chance(0.8))
            {
                infusion.CarTransgenes.Add(new CarTransgene { SampleDate = course.On(day), CopiesPerUgDna = Math.Round(copies * draw.Between(0.3, 3, 2)) });
            }
        }

        return infusion;
    }
}
