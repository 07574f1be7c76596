using Equecel.Common.V1;
using Equecel.Safety.V1;
using static Equecel.Safety.V1.AdverseEvent.Types;

namespace Equecel.Cli.Study;

/// <summary>Adverse events, the death and second cancers.</summary>
internal static class EventForms
{
    private const int DaysOfProlonged = 30;

    private static readonly (string Term, double Share, int Median, TreatmentKind[] Treatments)[] Cytopenias =
    [
        ("Neutropenia", 0.92, 16, [TreatmentKind.Gcsf]), ("Leukopenia", 0.85, 15, [TreatmentKind.Gcsf]), ("Lymphopenia", 0.9, 20, []),
        ("Thrombocytopenia", 0.5, 18, [TreatmentKind.Transfusion, TreatmentKind.TpoRa]), ("Anaemia", 0.45, 16, [TreatmentKind.Transfusion]),
    ];

    private static readonly (string Term, double Share)[] Mild =
        [("Fatigue", 0.3), ("Nausea", 0.25), ("Diarrhoea", 0.18), ("Headache", 0.15), ("Hypokalaemia", 0.2), ("Cough", 0.15), ("Rash", 0.08)];

    /// <summary>Adds them.</summary>
    /// <param name="forms">Where to.</param>
    /// <param name="course">What happens to the participant.</param>
    /// <returns>The events, with the ids by which other forms name them.</returns>
    public static IReadOnlyList<StudyEvent> Add(FormSet forms, Course course)
    {
        if (!course.IsInfused)
        {
            return [];
        }

        var draw = course.Draw("events");
        var events = new List<StudyEvent>();
        foreach (var (happening, i) in ToxicityForms.Events(course).Concat(Common(course, draw)).Concat(Infections(course, draw)).Concat(Rare(course, draw))
            .Where(happening => happening.Onset <= course.EndDay).Select((happening, i) => (happening, i)))
        {
            events.Add(happening with { Id = forms.Add($"event {i}", new SubmitRecordRequest { AdverseEvent = happening.ToForm(course) }, Wave.First) });
        }

        Unlinked(forms, course);
        Cancer(forms, course, events);
        if (course.Died)
        {
            forms.Add("death", new SubmitRecordRequest { Death = Death(course, events) }, Wave.Linked);
        }

        return events;
    }

    private static IEnumerable<StudyEvent> Common(Course course, Draw draw)
    {
        var isProlonged = draw.Chance(0.25);
        foreach (var (term, share, median, treatments) in Cytopenias)
        {
            if (draw.Chance(share))
            {
                var onset = draw.Between(-2, 5);
                var lasts = isProlonged && term is "Neutropenia" or "Thrombocytopenia" ? DaysOfProlonged + draw.Between(5, 60) : draw.Days(median, 0.3, 4, 25);
                yield return new(term, draw.Chance(0.05) ? 4 : 3, onset, lasts)
                {
                    Interest = onset + lasts > DaysOfProlonged ? SpecialInterest.ProlongedCytopenia : SpecialInterest.Unspecified,
                    Treatments = treatments,
                };
            }
        }

        foreach (var (term, share) in Mild)
        {
            if (draw.Chance(share))
            {
                yield return new(term, draw.Weighed(70, 30) + 1, draw.Between(1, 60), draw.Between(2, 20)) { Causality = draw.Pick(Causality.Possible, Causality.Unlikely) };
            }
        }

        if (draw.Chance(0.6))
        {
            yield return new("Hypogammaglobulinaemia", 2, draw.Between(20, 45), 400)
            {
                Interest = SpecialInterest.Hypogammaglobulinaemia,
                Causality = Causality.Probable,
                Treatments = [TreatmentKind.Ivig],
            };
        }
    }

    private static IEnumerable<StudyEvent> Infections(Course course, Draw draw)
    {
        if (draw.Chance(0.12))
        {
            yield return new("Febrile neutropenia", 3, draw.Between(2, 10), draw.Between(3, 8)) { Treatments = [TreatmentKind.Antimicrobial] };
        }

        if (course.Died && !course.Progressed)
        {
            yield return new("Septic shock", 5, course.EndDay - 4, 4)
            {
                Seriousness = [SeriousnessCriterion.Death],
                Interest = SpecialInterest.SeriousInfection,
                Treatments = [TreatmentKind.Antimicrobial, TreatmentKind.Vasopressor],
            };
        }
    }

    private static IEnumerable<StudyEvent> Rare(Course course, Draw draw)
    {
        if (course.Number % 100 == 57)
        {
            yield return new("Hyperinflammation like haemophagocytic lymphohistiocytosis", 3, draw.Between(10, 18), 12)
            {
                Seriousness = [SeriousnessCriterion.ImportantMedical],
                Interest = SpecialInterest.IecHs,
                Causality = Causality.Probable,
                Treatments = [TreatmentKind.Steroid, TreatmentKind.Anakinra],
            };
        }

        if (course.Number % 97 == 41)
        {
            yield return new("Second primary cancer", 3, Math.Clamp(course.EndDay - 20, 20, 150), 400)
            {
                Seriousness = [SeriousnessCriterion.ImportantMedical],
                Interest = SpecialInterest.SecondaryMalignancy,
            };
        }
    }

    private static void Unlinked(FormSet forms, Course course)
    {
        if (course.Contradiction != Contradiction.HospitalStay)
        {
            return;
        }

        var pneumonia = new StudyEvent("Pneumonia", 3, Math.Min(40, course.EndDay), 9)
        {
            Seriousness = [SeriousnessCriterion.Hospitalisation],
            Interest = SpecialInterest.SeriousInfection,
            Treatments = [TreatmentKind.Antimicrobial],
        };
        forms.Add("event unlinked", new SubmitRecordRequest { AdverseEvent = pneumonia.ToForm(course) });
        if (course.IsCorrected)
        {
            forms.Amend<SubmitRecordRequest>("event unlinked", request =>
            {
                request.AdverseEvent.SeriousnessCriteria.Clear();
                request.AdverseEvent.SeriousnessCriteria.Add(SeriousnessCriterion.ImportantMedical);
            }, "It was treated without admission");
        }
    }

    private static void Cancer(FormSet forms, Course course, List<StudyEvent> events)
    {
        if (events.Find(known => known.Interest == SpecialInterest.SecondaryMalignancy) is not { } cancer)
        {
            return;
        }

        var sampled = course.On(cancer.Onset);
        forms.Add("second cancer", new SubmitRecordRequest
        {
            SecondaryMalignancy = new()
            {
                DiagnosisDate = sampled,
                Category = SecondaryMalignancy.Types.Category.NonMelanomaSkin,
                AnatomicalSite = "Skin of the face",
                Histology = "Basal cell carcinoma",
                Stage = "I",
                Treatment = "Excision",
                AdverseEventRecordId = cancer.Id,
                Causality = Causality.Unlikely,
                Outcome = EventOutcome.NotRecovered,
                SampleTaken = true,
                Samples =
                {
                    new SecondaryMalignancy.Types.Sample
                    {
                        Type = SecondaryMalignancy.Types.SampleType.Resection,
                        CollectionDate = sampled,
                        Form = SecondaryMalignancy.Types.SampleForm.Ffpe,
                        Quantity = 2,
                        Consented = true,
                        Tests =
                        {
                            new SecondaryMalignancy.Types.SampleTest
                            {
                                Kind = SecondaryMalignancy.Types.TestKind.CarTransgene,
                                Result = SecondaryMalignancy.Types.TestResult.Negative,
                                ResultDate = sampled,
                            },
                        },
                    },
                },
            },
        }, Wave.Linked);
    }

    private static Death Death(Course course, List<StudyEvent> events)
    {
        var fatal = events.Find(known => known.Grade == 5);
        var death = new Death
        {
            DeathDate = course.On(course.EndDay),
            PrimaryCause = fatal is null ? Safety.V1.Death.Types.Cause.ProgressiveDisease : Safety.V1.Death.Types.Cause.Infection,
            CauseText = fatal is null ? "Progression of the myeloma (synthetic)" : "Septic shock (synthetic)",
            Causality = fatal is null ? Causality.Unrelated : Causality.Possible,
            Autopsy = YesNoUnknown.No,
            Place = fatal is null ? Safety.V1.Death.Types.Place.Home : Safety.V1.Death.Types.Place.Hospital,
        };
        if (fatal is not null)
        {
            death.AdverseEventRecordId = fatal.Id;
        }

        return death;
    }
}
