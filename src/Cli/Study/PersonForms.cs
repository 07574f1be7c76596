using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using static Equecel.Enrolment.V1.Participation.Types;

namespace Equecel.Cli.Study;

/// <summary>Consent, demographics, eligibility, and how participants stand with the study.</summary>
internal static class PersonForms
{
    private const YesNoUnknown Yes = YesNoUnknown.Yes;

    /// <summary>Adds them.</summary>
    /// <param name="forms">Where to.</param>
    /// <param name="course">What happens to the participant.</param>
    public static void Add(FormSet forms, Course course)
    {
        var draw = course.Draw("person");
        var consent = course.LeukapheresisDay - draw.Between(4, 14);
        var hasGap = !course.IsProspective && draw.Chance(0.1);
        var person = Person(course, draw, hasGap);
        Consent(person, course, consent);
        IEnumerable<MissingValue> missing = hasGap ? [FormSet.Empty("ecog", MissingReason.NotAvailable)] : [];
        forms.Add("participation", new Enrolment.V1.SubmitRecordRequest { Participation = person }, Wave.First, missing);
        forms.Add("eligibility", new Enrolment.V1.SubmitRecordRequest { Eligibility = Eligible(course.On(consent + 1)) });
        FollowUps(forms, course, draw);
        if (course.Ending == FollowUp.Types.Status.WithdrewConsent && course.IsProspective)
        {
            forms.Amend<Enrolment.V1.SubmitRecordRequest>("participation", request =>
            {
                request.Participation.ConsentWithdrawalDate = course.On(course.EndDay);
                request.Participation.WithdrawalScope = WithdrawalScope.FurtherCollection;
            }, "Consent was withdrawn");
        }
    }

    private static Participation Person(Course course, Draw draw, bool hasGap)
    {
        var person = new Participation
        {
            BirthYearMonth = Dates.Month(course.Infusion.AddDays(-(int)(course.Age * 365.25))),
            Sex = course.IsMale ? Sex.Male : Sex.Female,
            Ethnicity = draw.Chance(0.93) ? Ethnicity.Han : draw.Pick(Ethnicity.Hui, Ethnicity.Zhuang, Ethnicity.Mongol, Ethnicity.NotStated),
            HeightCm = Math.Round(draw.Normal(course.IsMale ? 170 : 159, 6, 145, 190)),
            BodyMassKg = course.BodyMassKg,
            Smoking = draw.Pick(Habit.Never, Habit.Never, Habit.Former, Habit.Current, Habit.Unknown),
            Alcohol = draw.Pick(Habit.Never, Habit.Never, Habit.Former, Habit.Current),
            HbvSurfaceAntigen = draw.Chance(0.06) ? Screen.Positive : Screen.Negative,
            HbvCoreAntibody = draw.Chance(0.35) ? Screen.Positive : Screen.Negative,
            Hcv = Screen.Negative,
            Hiv = Screen.Negative,
            Syphilis = Screen.Negative,
            Cmv = draw.Pick(Screen.Negative, Screen.Negative, Screen.NotDone),
            Ebv = draw.Pick(Screen.Negative, Screen.Negative, Screen.NotDone),
            Insurance = draw.Pick(Insurance.Uebmi, Insurance.Uebmi, Insurance.Urrbmi, Insurance.Commercial, Insurance.Self),
            Residence = draw.Chance(0.65) ? Residence.Urban : Residence.Rural,
        };
        if (!hasGap)
        {
            person.Ecog = draw.Weighed(25, 50, 20, 5);
        }

        foreach (var illness in (string[])["Hypertension", "Type 2 diabetes", "Chronic kidney disease"])
        {
            if (draw.Chance(0.2))
            {
                person.Comorbidities.Add(new Comorbidity { Term = illness, StartDate = $"{course.Infusion.Year - draw.Between(2, 15)}", Ongoing = Yes });
            }
        }

        return person;
    }

    private static void Consent(Participation person, Course course, int consent)
    {
        person.ConsentSensitiveData = Yes;
        person.ConsentHgrSamples = Yes;
        person.ConsentFutureUse = Yes;
        person.ConsentCrossBorder = YesNoUnknown.No;
        if (course.IsProspective)
        {
            person.ConsentType = course.Number % 4 == 0 ? ConsentType.RemoteElectronic : ConsentType.Written;
            person.ConsentVersion = "SYNTHETIC-1.0";
            person.ConsentDate = course.On(consent);
            person.EnrolmentDate = course.On(consent + 1);
            return;
        }

        person.ConsentType = ConsentType.WaivedByEc;
        person.WaiverReference = "SYNTHETIC-WAIVER-2024";
        person.EnrolmentDate = course.On(consent + 1);
    }

    private static Eligibility Eligible(string date) => new()
    {
        Criteria = { Enumerable.Range(1, 5).Select(number => new Eligibility.Types.Criterion { Number = number, TextVersion = "SYNTHETIC-1.0", Met = Yes }) },
        Eligible = Yes,
        EligibilityDate = date,
    };

    private static void FollowUps(FormSet forms, Course course, Draw draw)
    {
        foreach (var day in (int[])[28, 84, 168])
        {
            if (day < course.EndDay && !draw.Chance(0.05))
            {
                forms.Add($"follow-up {day}", new Enrolment.V1.SubmitRecordRequest
                {
                    FollowUp = new()
                    {
                        Status = FollowUp.Types.Status.Ongoing,
                        StatusDate = course.On(day),
                        LastKnownAliveDate = course.On(day),
                        LastContactDate = course.On(day),
                    },
                }, draw.Chance(0.1) ? Wave.Late : Wave.First);
            }
        }

        forms.Add("follow-up end", new Enrolment.V1.SubmitRecordRequest { FollowUp = Last(course) });
    }

    private static FollowUp Last(Course course)
    {
        var last = new FollowUp { Status = course.Ending, StatusDate = course.On(course.EndDay), LastKnownAliveDate = course.On(course.EndDay) };
        if (course.Ending == FollowUp.Types.Status.LostToFollowUp)
        {
            last.ContactAttemptCount = 3;
            last.StatusDate = course.On(course.EndDay + 10);
            last.ContactAttempts.Add(Enumerable.Range(0, 3).Select(i => new FollowUp.Types.ContactAttempt
            {
                AttemptDate = course.On(course.EndDay + 2 + (4 * i)),
                Way = FollowUp.Types.ContactWay.Telephone,
                Reached = YesNoUnknown.No,
            }));
        }

        if (course.Ending is FollowUp.Types.Status.Physician or FollowUp.Types.Status.NotInfused)
        {
            last.StatusReason = "Synthetic reason";
        }

        if (course.Ending is FollowUp.Types.Status.Ongoing or FollowUp.Types.Status.CompletedW24)
        {
            last.LastContactDate = course.On(course.EndDay);
        }

        return last;
    }
}
