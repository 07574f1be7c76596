using Equecel.Common.V1;
using Equecel.Safety.V1;
using static Equecel.Safety.V1.HospitalStay.Types;
using Care = Equecel.Safety.V1.HealthcareEncounter.Types;

namespace Equecel.Cli.Study;

/// <summary>Stays in hospital and other use of care.</summary>
internal static class CareForms
{
    private const int Month = 30;

    private static readonly (string Drug, string Atc, string Indication)[] Drugs =
    [
        ("Aciclovir", "J05AB01", "Prevention of herpes zoster"), ("Sulfamethoxazole and trimethoprim", "J01EE01", "Prevention of pneumocystis"),
        ("Levofloxacin", "J01MA12", "Infection"), ("Fluconazole", "J02AC01", "Prevention of fungal infection"), ("Entecavir", "J05AF10", "Hepatitis B"),
        ("Omeprazole", "A02BC01", "Protection of the stomach"), ("Filgrastim", "L03AA02", "Neutropenia"), ("Amlodipine", "C08CA01", "Hypertension"),
    ];

    /// <summary>Adds them.</summary>
    /// <param name="forms">Where to.</param>
    /// <param name="course">What happens to the participant.</param>
    /// <param name="events">The participant's events.</param>
    public static void Add(FormSet forms, Course course, IReadOnlyList<StudyEvent> events)
    {
        var draw = course.Draw("care");
        if (course.LeukapheresisDay + 2 <= course.EndDay && draw.Chance(0.5))
        {
            forms.Add("stay leukapheresis", new SubmitRecordRequest
            {
                HospitalStay = Stay(course, Kind.Leukapheresis, Reason.PlannedCart, (course.LeukapheresisDay - 1, course.LeukapheresisDay + 1), draw),
            }, Wave.Linked);
        }

        if (!course.IsInfused)
        {
            return;
        }

        forms.Add("stay index", new SubmitRecordRequest { HospitalStay = Index(course, draw) }, Wave.Linked);
        forms.Add("drug before", new SubmitRecordRequest { Prescription = Prescribe(course, draw, -40, 600, YesNoUnknown.No) });
        for (var day = course.DischargeDay + 1; day <= course.EndDay; day += Month)
        {
            InMonth(forms, course, draw, day, Math.Min(Month, course.EndDay - day + 1));
        }

        Blood(forms, course, draw, events);
    }

    private static HospitalStay Index(Course course, Draw draw)
    {
        var stay = Stay(course, Kind.Index, Reason.PlannedCart, (Course.AdmissionDay, course.DischargeDay), draw);
        if (draw.Chance(0.04) && course.DischargeDay > 7)
        {
            stay.IcuPeriods.Add(new IcuPeriod { InTime = Dates.At(course.Infusion.AddDays(3), 15), OutTime = Dates.At(course.Infusion.AddDays(6), 9) });
        }

        return stay;
    }

    private static HospitalStay Stay(Course course, Kind kind, Reason reason, (int From, int To) days, Draw draw)
    {
        var isOver = days.To <= course.EndDay;
        var stay = new HospitalStay
        {
            Kind = kind,
            AdmissionDate = course.On(days.From),
            Ongoing = !isOver,
            Reason = reason,
            Outcome = !isOver ? Outcome.Unspecified
                : course.Died && days.To == course.EndDay ? Outcome.Died
                : draw.Pick(Outcome.Recovered, Outcome.Improved, Outcome.Improved, Outcome.Unchanged),
        };
        if (isOver)
        {
            stay.DischargeDate = course.On(days.To);
            stay.CostCny = draw.Between(8_000, 90_000, 0);
        }

        return stay;
    }

    private static void InMonth(FormSet forms, Course course, Draw draw, int from, int days)
    {
        var share = (double)days / Month;
        if (draw.Chance(0.1 * share) && days > 2)
        {
            Readmission(forms, course, draw, from + draw.Between(0, Math.Min(10, days - 2)));
        }

        Repeat(1.2 * share, i => Encounter(forms, course, draw, $"{from} {i}", from + draw.Between(0, days - 1), Care.Kind.Outpatient));
        Repeat(0.05 * share, i => Encounter(forms, course, draw, $"{from} emergency {i}", from + draw.Between(0, days - 1), Care.Kind.Emergency));
        Repeat(0.1 * share, i => Encounter(forms, course, draw, $"{from} ward {i}", from + draw.Between(0, days - 1), draw.Pick(Care.Kind.DayWard, Care.Kind.Telemedicine)));
        Repeat(1.5 * share, i => forms.Add($"drug {from} {i}", new SubmitRecordRequest
        {
            Prescription = Prescribe(course, draw, from + draw.Between(0, days - 1), draw.Between(5, 60), YesNoUnknown.Unspecified),
        }));

        // So many times on average, one of the two whole numbers beside it.
        void Repeat(double times, Action<int> act)
        {
            var count = (int)times + (draw.Chance(times - (int)times) ? 1 : 0);
            for (var i = 0; i < count; i++)
            {
                act(i);
            }
        }
    }

    private static void Readmission(FormSet forms, Course course, Draw draw, int day)
    {
        var isInfection = draw.Chance(0.6);
        var end = Math.Min(day + draw.Between(4, 14), course.Died ? course.EndDay : int.MaxValue);
        var stay = Stay(course, Kind.Readmission, isInfection ? Reason.Infection : day >= course.ProgressionDay ? Reason.ProgressiveDisease : Reason.SupportiveCare, (day, end), draw);
        if (isInfection)
        {
            var infection = new StudyEvent("Pneumonia", 3, day, end - day)
            {
                Seriousness = [AdverseEvent.Types.SeriousnessCriterion.Hospitalisation],
                Interest = AdverseEvent.Types.SpecialInterest.SeriousInfection,
                Causality = draw.Pick(Causality.Possible, Causality.Unlikely),
                Treatments = [AdverseEvent.Types.TreatmentKind.Antimicrobial],
            };
            stay.AdverseEventRecordIds.Add(forms.Add($"event of stay {day}", new SubmitRecordRequest { AdverseEvent = infection.ToForm(course) }));
        }

        forms.Add($"stay {day}", new SubmitRecordRequest { HospitalStay = stay }, Wave.Linked);
    }

    private static void Encounter(FormSet forms, Course course, Draw draw, string key, int day, Care.Kind kind) =>
        forms.Add($"encounter {key}", new SubmitRecordRequest
        {
            HealthcareEncounter = new()
            {
                Date = course.On(day),
                Kind = kind,
                Reason = kind == Care.Kind.Emergency ? draw.Pick(Care.Reason.Infection, Care.Reason.AdverseEvent) : draw.Pick(Care.Reason.Scheduled, Care.Reason.Scheduled, Care.Reason.SupportiveCare),
                AdmittedAfter = kind == Care.Kind.Emergency ? YesNoUnknown.No : YesNoUnknown.Unspecified,
                CostCny = draw.Between(200, 4_000, 0),
            },
        }, draw.Chance(0.05) ? Wave.Late : Wave.Linked);

    private static Prescription Prescribe(Course course, Draw draw, int day, int days, YesNoUnknown isNew)
    {
        var (drug, atc, indication) = draw.Pick(Drugs);
        var isOver = day + days <= course.EndDay;
        var prescription = new Prescription
        {
            Drug = drug,
            AtcCode = atc,
            StartDate = course.On(day),
            Ongoing = !isOver,
            Route = Prescription.Types.Route.Oral,
            Indication = indication,
            NewlyStarted = isNew,
        };
        if (isOver)
        {
            prescription.EndDate = course.On(day + days);
        }

        return prescription;
    }

    private static void Blood(FormSet forms, Course course, Draw draw, IReadOnlyList<StudyEvent> events)
    {
        foreach (var (known, i) in events.Select((known, i) => (known, i)).Where(row => row.known.Term is "Anaemia" or "Thrombocytopenia"))
        {
            forms.Add($"transfusion {i}", new SubmitRecordRequest
            {
                Transfusion = new()
                {
                    Date = course.On(Math.Min(course.EndDay, known.Onset + 4)),
                    Product = known.Term == "Anaemia" ? Transfusion.Types.Product.RedCells : Transfusion.Types.Product.Platelets,
                    Units = draw.Between(1, 4),
                    AdverseEventRecordId = known.Id,
                },
            }, Wave.Linked);
        }

        foreach (var known in events.Where(known => known.Term == "Hypogammaglobulinaemia"))
        {
            for (var day = known.Onset + 5; day <= Math.Min(course.EndDay, 180); day += Month)
            {
                forms.Add($"immunoglobulin {day}", new SubmitRecordRequest
                {
                    ImmunoglobulinInfusion = new() { Date = course.On(day), Grams = draw.Between(10, 25, 0), AdverseEventRecordId = known.Id },
                }, Wave.Linked);
            }
        }
    }
}
