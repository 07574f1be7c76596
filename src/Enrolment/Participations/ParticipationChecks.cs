using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;

namespace Equecel.Enrolment.Participations;

/// <summary>Edit checks of consent and demographics.</summary>
public static class ParticipationChecks
{
    private const int MostComorbidities = 100;

    /// <summary>Finds everything that is wrong or unusual.</summary>
    /// <param name="form">The form.</param>
    /// <param name="context">Its context.</param>
    public static IEnumerable<Finding?> Run(Participation form, FormContext context) =>
        Consent(form, context).Concat(Demographics(form, context)).Concat(Health(form, context));

    private static IEnumerable<Finding?> Consent(Participation form, FormContext context)
    {
        var waived = form.ConsentType == Participation.Types.ConsentType.WaivedByEc;
        yield return Check.Needed("consent_type", form.ConsentType != Participation.Types.ConsentType.Unspecified);
        yield return waived && context.Origin == DataOrigin.Prospective
            ? Check.Hard("E02", "consent_type", "A consent waiver is allowed only for retrospective data.", "仅回顾性数据可豁免知情同意。")
            : null;
        yield return waived ? Check.Needed("waiver_reference", form.WaiverReference.Trim().Length > 0) : null;
        yield return waived ? null : Check.Needed("consent_version", form.ConsentVersion.Trim().Length > 0);
        yield return waived ? null : Check.Needed("consent_date", form.HasConsentDate);
        yield return Check.Text("consent_version", form.ConsentVersion, 50);
        yield return Check.Text("waiver_reference", form.WaiverReference, 100);

        yield return Check.Date("consent_date", form.ConsentDate, out var consent);
        yield return Check.Date("consent_withdrawal_date", form.ConsentWithdrawalDate, out var withdrawal);
        yield return Check.Date("enrolment_date", form.EnrolmentDate, out var enrolment);
        yield return Check.Needed("enrolment_date", form.EnrolmentDate.Length > 0);
        yield return Check.NotInFuture(context, "consent_date", consent);
        yield return Check.NotInFuture(context, "consent_withdrawal_date", withdrawal);
        yield return Check.NotInFuture(context, "enrolment_date", enrolment);
        yield return context.Origin == DataOrigin.Prospective && enrolment < consent
            ? Check.Hard("E03", "enrolment_date", "Enrolment is dated before consent.", "入组日期早于知情同意日期。")
            : null;
        yield return withdrawal < consent
            ? Check.Hard("E10", "consent_withdrawal_date", "End date is before start date.", "结束日期早于开始日期。")
            : null;
        yield return form.HasConsentWithdrawalDate == (form.WithdrawalScope == Participation.Types.WithdrawalScope.Unspecified)
            ? Check.Hard("F01", "withdrawal_scope", "A withdrawal needs both its date and its scope.", "撤回知情同意须同时填写日期和范围。")
            : null;
    }

    private static IEnumerable<Finding?> Demographics(Participation form, FormContext context)
    {
        yield return Check.Required(context, "birth_year_month", form.HasBirthYearMonth);
        yield return Check.Required(context, "sex", form.Sex != Participation.Types.Sex.Unspecified);
        yield return Check.Required(context, "height_cm", form.HasHeightCm);
        yield return Check.Required(context, "body_mass_kg", form.HasBodyMassKg);
        yield return Check.Required(context, "ecog", form.HasEcog);
        yield return Check.Range("height_cm", form.HasHeightCm ? form.HeightCm : null, (100, 220), (140, 195));
        yield return Check.Range("body_mass_kg", form.HasBodyMassKg ? form.BodyMassKg : null, (25, 200), (35, 120));
        yield return Check.Range("ecog", form.HasEcog ? form.Ecog : null, (0, 4));

        var birth = CivilDate.FindMonth(form.BirthYearMonth);
        yield return form.HasBirthYearMonth && birth is null
            ? Check.Hard("F03", "birth_year_month", "Write the month of birth as yyyy-MM, from 1900-01.", "出生年月格式应为yyyy-MM。")
            : null;
        yield return Check.NotInFuture(context, "birth_year_month", birth);
        var enrolment = CivilDate.Find(form.EnrolmentDate);
        yield return birth > enrolment
            ? Check.Hard("E10", "birth_year_month", "The participant is born after enrolment.", "出生年月晚于入组日期。")
            : null;
        foreach (var finding in Age.Findings("birth_year_month", birth, CivilDate.Find(context.Facts?.InfusionDate ?? "")))
        {
            yield return finding;
        }
    }

    private static IEnumerable<Finding?> Health(Participation form, FormContext context)
    {
        yield return Check.Range("hbv_dna_iu_per_ml", form.HasHbvDnaIuPerMl ? form.HbvDnaIuPerMl : null, (0, 10_000_000_000));
        yield return Check.Count("comorbidities", form.Comorbidities, MostComorbidities);
        foreach (var (i, illness) in form.Comorbidities.Take(MostComorbidities).Index())
        {
            var path = $"comorbidities[{i}]";
            yield return Check.Needed($"{path}.term", illness.Term.Trim().Length > 0);
            yield return Check.Text($"{path}.term", illness.Term, 200);
            yield return Check.Needed($"{path}.ongoing", illness.Ongoing != YesNoUnknown.Unspecified);
            var start = CivilDate.FindPartial(illness.StartDate);
            yield return illness.HasStartDate && start is null
                ? Check.Hard("F03", $"{path}.start_date", "Write yyyy, yyyy-MM or yyyy-MM-dd.", "日期格式应为yyyy、yyyy-MM或yyyy-MM-dd。")
                : Check.NotInFuture(context, $"{path}.start_date", start?.Earliest);
            yield return illness.HasMeddraCode && (illness.MeddraCode.Length != 8 || illness.MeddraCode[0] == '0' || !illness.MeddraCode.All(char.IsAsciiDigit))
                ? Check.Hard("F03", $"{path}.meddra_code", "A MedDRA code has 8 digits.", "MedDRA代码为8位数字。")
                : null;
        }
    }
}
