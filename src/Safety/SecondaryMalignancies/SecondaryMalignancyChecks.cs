using Equecel.Common.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;
using Equecel.Safety.Shared;
using Equecel.Safety.V1;
using static Equecel.Safety.V1.AdverseEvent.Types;
using static Equecel.Safety.V1.SecondaryMalignancy.Types;

namespace Equecel.Safety.SecondaryMalignancies;

/// <summary>Edit checks of a second primary cancer.</summary>
public static class SecondaryMalignancyChecks
{
    private const int MostSamples = 20;

    /// <summary>Finds everything that is wrong or unusual.</summary>
    /// <param name="form">The form.</param>
    /// <param name="context">Its context, with the participant's other records.</param>
    public static IEnumerable<Finding?> Run(SecondaryMalignancy form, FormContext context)
    {
        yield return Check.Needed("diagnosis_date", form.DiagnosisDate.Length > 0);
        yield return EventDate.Partial("diagnosis_date", form.DiagnosisDate, out var diagnosis);
        // A cancer may be found by autopsy.
        yield return Check.NotInFuture(context, "diagnosis_date", diagnosis?.Earliest);
        yield return Check.BeforeWithdrawal(context, "diagnosis_date", diagnosis?.Earliest);
        yield return context.Facts is not null && diagnosis is { } days && (EventDate.InfusionOf(context) is not { } infusion || days.Latest < infusion)
            ? Check.Hard("E10", "diagnosis_date",
                "A second cancer is diagnosed on or after the infusion. Correct the date, or send the infusion to EnrolmentService first.", "继发恶性肿瘤诊断应在回输当日或之后，请更正日期或先提交回输记录。")
            : null;
        yield return Check.Required(context, "category", form.Category != Category.Unspecified);
        yield return Check.RequiredText(context, "anatomical_site", form.AnatomicalSite, 200);
        yield return Check.RequiredText(context, "histology", form.Histology, 200);
        yield return Check.Text("stage", form.Stage, 100);
        yield return Check.Text("treatment", form.Treatment, 500);
        yield return Check.Required(context, "causality", form.Causality != Causality.Unspecified);
        yield return Check.Required(context, "outcome", form.Outcome != EventOutcome.Unspecified);
        foreach (var finding in Event(form, context).Concat(Samples(form, diagnosis, context)))
        {
            yield return finding;
        }
    }

    private static IEnumerable<Finding?> Event(SecondaryMalignancy form, FormContext context)
    {
        yield return Check.Required(context, "adverse_event_record_id", form.AdverseEventRecordId.Length > 0);
        yield return Links.To<AdverseEvent>(context, "adverse_event_record_id", form.AdverseEventRecordId);
        var linked = Links.Find<AdverseEvent>(context.Others, form.AdverseEventRecordId);
        yield return linked is { HasSerious: true, Serious: false }
            ? Check.Hard("S20", "adverse_event_record_id", "A second malignancy is always serious.", "继发恶性肿瘤均为严重事件。")
            : null;
        yield return linked is not null && linked.SpecialInterest != SpecialInterest.SecondaryMalignancy
            ? Check.Hard("F09", "adverse_event_record_id", "The linked event must have the special interest SECONDARY_MALIGNANCY.", "关联的不良事件须标记为继发恶性肿瘤。")
            : null;
    }

    private static IEnumerable<Finding?> Samples(SecondaryMalignancy form, (DateOnly Earliest, DateOnly Latest)? diagnosis, FormContext context)
    {
        yield return Check.Required(context, "sample_taken", form.HasSampleTaken);
        yield return Check.Text("no_sample_reason", form.NoSampleReason, 500);
        yield return Check.Count("samples", form.Samples, MostSamples);
        yield return form is { HasSampleTaken: true, SampleTaken: false } && form.Samples.Count > 0
            ? Check.Hard("F04", "samples", "No sample was taken, as the form says. Correct one of the two.", "已注明未取样，请更正其中一项。")
            : null;
        // A reason that is stated as missing is a reason.
        yield return form.Samples.Count == 0 && form.NoSampleReason.Length == 0 && !context.Missing.ContainsKey("no_sample_reason")
            ? Check.Query("S21", form.SampleTaken ? "samples" : "no_sample_reason", "Give sample details or reason for none.", "请填写样本信息或未取样原因。")
            : null;
        foreach (var finding in form.Samples.Take(MostSamples).Index().SelectMany(sample => SampleChecks.Run(sample.Item, $"samples[{sample.Index}].", diagnosis, context)))
        {
            yield return finding;
        }
    }
}
