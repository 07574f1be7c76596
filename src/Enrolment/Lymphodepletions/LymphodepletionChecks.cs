using Equecel.Common.V1;
using Equecel.Enrolment.BridgingTherapies;
using Equecel.Enrolment.V1;
using Equecel.Records.Forms;
using Equecel.Records.V1;
using static Equecel.Enrolment.V1.Lymphodepletion.Types;
using Agent = Equecel.Enrolment.V1.Lymphodepletion.Types.Agent;

namespace Equecel.Enrolment.Lymphodepletions;

/// <summary>Edit checks of lymphodepletion.</summary>
internal static class LymphodepletionChecks
{
    private const int MostDoses = 50;

    /// <summary>Finds everything that is wrong or unusual.</summary>
    /// <param name="form">The form.</param>
    /// <param name="context">Its context.</param>
    public static IEnumerable<Finding?> Run(Lymphodepletion form, FormContext context)
    {
        yield return Check.Needed("doses", form.Doses.Count > 0);
        yield return Check.Count("doses", form.Doses, MostDoses);
        foreach (var finding in form.Doses.Take(MostDoses).SelectMany((dose, i) => Row(context, dose, $"doses[{i}].")))
        {
            yield return finding;
        }

        foreach (var (i, _) in form.Doses.Take(MostDoses).Index().Where(row => form.Doses.Take(row.Index).Any(other =>
            (other.Agent, other.AgentName, other.DoseDate) == (row.Item.Agent, row.Item.AgentName, row.Item.DoseDate))))
        {
            yield return Check.Hard("F04", $"doses[{i}].agent", "Give each drug once a day.", "每种药物每天只填一行。");
        }

        yield return form.DoseReduced == YesNoUnknown.Yes ? Check.Required(context, "reduction_reason", form.ReductionReason != ReductionReason.Unspecified) : null;
        yield return form.DoseReduced != YesNoUnknown.Yes && form.ReductionReason != ReductionReason.Unspecified
            ? Check.Hard("F04", "reduction_reason", "A reason is given, but the dose was not reduced. Correct one of the two.", "未减量但填写了减量原因，请更正。")
            : null;

        if (DepletionDays.Find(form) is not { } days)
        {
            yield break;
        }

        yield return days.Number("doses");
        foreach (var finding in days.Against("doses", Journey.InfusionDate(context, form.SecondInfusion)))
        {
            yield return finding;
        }

        yield return BridgingOrder.Find(context, "doses", [], Journey.Bridgings(context, form.SecondInfusion), days.First);
    }

    private static IEnumerable<Finding?> Row(FormContext context, Dose dose, string path)
    {
        yield return Check.Needed(path + "agent", dose.Agent != Agent.Unspecified);
        yield return dose.Agent == Agent.Other ? Check.Needed(path + "agent_name", dose.AgentName.Trim().Length > 0) : null;
        yield return dose.Agent != Agent.Other && dose.HasAgentName
            ? Check.Hard("F04", path + "agent_name", "Only another drug has a name.", "仅其他药物需填写名称。")
            : null;
        yield return Check.Text(path + "agent_name", dose.AgentName, 200);
        yield return Check.Needed(path + "dose_date", dose.DoseDate.Length > 0);
        yield return Check.Date(path + "dose_date", dose.DoseDate, out var day);
        foreach (var finding in JourneyDates.OnTime(context, path + "dose_date", day))
        {
            yield return finding;
        }

        yield return Check.Needed(path + "dose_mg_per_m2", dose.HasDoseMgPerM2 || dose.HasDoseMg);
        yield return Check.Range(path + "dose_mg", dose.HasDoseMg ? dose.DoseMg : null, (0, 10_000));
        var (name, nameZh, most, usual) = Usual(dose.Agent);
        var possible = Check.Range(path + "dose_mg_per_m2", dose.HasDoseMgPerM2 ? dose.DoseMgPerM2 : null, (0, most));
        yield return possible;
        yield return possible is null && usual is { } range && WireNumber.Find(dose.HasDoseMgPerM2, dose.DoseMgPerM2) is { } mg && (mg < range.Low || mg > range.High)
            ? Check.Query("E19", path + "dose_mg_per_m2", $"{name} {mg:0.##} mg/m² is outside the usual range.", $"{nameZh}剂量{mg:0.##} mg/m²超出常规范围。")
            : null;
    }

    private static (string Name, string NameZh, decimal Most, (decimal Low, decimal High)? Usual) Usual(Agent agent) => agent switch
    {
        Agent.Fludarabine => ("Fludarabine", "氟达拉滨", 50, (25, 30)),
        Agent.Cyclophosphamide => ("Cyclophosphamide", "环磷酰胺", 1500, (300, 500)),
        _ => ("", "", 5000, null),
    };
}
