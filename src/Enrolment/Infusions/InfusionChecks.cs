using Equecel.Common.V1;
using Equecel.Enrolment.Participations;
using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;

namespace Equecel.Enrolment.Infusions;

/// <summary>Edit checks of the infusion.</summary>
public static class InfusionChecks
{
    private static readonly TimeSpan UsualDuration = TimeSpan.FromHours(4);

    /// <summary>Finds everything that is wrong or unusual.</summary>
    /// <param name="form">The form.</param>
    /// <param name="context">Its context.</param>
    public static IEnumerable<Finding?> Run(Infusion form, FormContext context)
    {
        yield return Check.Needed("start_time", form.StartTime is not null);
        yield return Check.Required(context, "end_time", form.EndTime is not null);
        yield return Check.Required(context, "batch_number", form.BatchNumber.Trim().Length > 0);
        yield return Check.Text("batch_number", form.BatchNumber, 50);
        yield return Check.Required(context, "dose_million_cells", form.HasDoseMillionCells);
        yield return Check.Required(context, "body_mass_kg", form.HasBodyMassKg);
        yield return Check.Required(context, "setting", form.Setting != Infusion.Types.Setting.Unspecified);
        yield return Check.Range("dose_million_cells", form.HasDoseMillionCells ? form.DoseMillionCells : null, (1, 1000), (30, 120));
        yield return Check.Range("body_mass_kg", form.HasBodyMassKg ? form.BodyMassKg : null, (25, 200), (35, 120));
        yield return form.Premedications.Contains(Infusion.Types.Premedication.Unspecified) || form.Premedications.Distinct().Count() < form.Premedications.Count
            ? Check.Hard("F04", "premedications", "Name each drug once.", "每种药物只填一次。")
            : null;
        yield return form.SecondInfusion
            ? Check.Query("E23", "second_infusion", "The label is a single infusion; please confirm the second one.", "说明书规定单次回输，请核实再次回输。")
            : null;
        yield return Dose(form);
        yield return BodyMass(form, context.Facts);

        var infused = CivilDate.FindInChina(form.StartTime);
        var ended = CivilDate.FindInChina(form.EndTime);
        yield return Check.NotInFuture(context, "start_time", infused);
        yield return Check.BeforeWithdrawal(context, "start_time", infused);
        yield return context.Origin == DataOrigin.Prospective && infused < CivilDate.Find(context.Facts?.ConsentDate ?? "")
            ? Check.Hard("E03", "start_time", "The infusion is dated before consent.", "回输日期早于知情同意日期。")
            : null;
        foreach (var finding in Age.Findings("start_time", CivilDate.FindMonth(context.Facts?.BirthYearMonth ?? ""), infused))
        {
            yield return finding;
        }

        foreach (var finding in InfusionJourneyChecks.Run(form, context).Concat(TransgeneChecks.Run(form, context)))
        {
            yield return finding;
        }

        yield return Check.NotInFuture(context, "end_time", ended);
        if (infused is not null && ended is not null && form is { StartTime: { } start, EndTime: { } end })
        {
            var duration = end.ToDateTime() - start.ToDateTime();
            yield return duration < TimeSpan.Zero
                ? Check.Hard("E20", "end_time", "Infusion end is before start.", "回输结束时间早于开始时间。")
                : duration > UsualDuration
                    ? Check.Query("E20", "end_time", "The infusion took more than 4 hours; please confirm.", "回输超过4小时，请核实。")
                    : null;
        }
    }

    /// <summary>Dose in millions of cells per kilogram; null when one of the two is missing.</summary>
    /// <param name="form">The form.</param>
    public static decimal? DosePerKg(Infusion form) =>
        form is { HasDoseMillionCells: true, HasBodyMassKg: true } && form.BodyMassKg is >= 25 and <= 200 && form.DoseMillionCells is >= 1 and <= 1000
            ? (decimal)form.DoseMillionCells / (decimal)form.BodyMassKg
            : null;

    private static Finding? Dose(Infusion form) => DosePerKg(form) switch
    {
        null => null,
        < 0.1m or > 10m => Check.Hard("F02", "dose_million_cells", "A dose outside 0.1 to 10 ×10⁶ CAR-T/kg is not possible; check the units.", "剂量超出0.1至10×10⁶ CAR-T/kg，请检查单位。"),
        (< 0.8m or > 1.2m) and { } dose => Check.Query(
            "E21", "dose_million_cells", $"Dose {dose:0.##} ×10⁶ CAR-T/kg differs from 1.0; confirm.", $"剂量{dose:0.##}×10⁶ CAR-T/kg与1.0不符，请核实。"),
        _ => null,
    };

    private static Finding? BodyMass(Infusion form, ParticipantFacts? facts) =>
        form.HasBodyMassKg && facts is { HasBodyMassKg: true } && form.BodyMassKg is >= 25 and <= 200
        && Math.Abs((decimal)form.BodyMassKg - (decimal)facts.BodyMassKg) > (decimal)facts.BodyMassKg / 10
            ? Check.Query("E22", "body_mass_kg", "Weight used for dosing differs from baseline by more than 10 %.", "计算剂量所用体重与基线相差超过10%。")
            : null;
}
