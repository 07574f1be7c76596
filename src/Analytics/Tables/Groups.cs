using Equecel.Common.V1;
using Equecel.Enrolment.V1;

namespace Equecel.Analytics.Tables;

/// <summary>Puts participants into groups.</summary>
internal static class Groups
{
    private static readonly SheetGroup Unknown = new("UNKNOWN", "Unknown", "不详");

    /// <summary>The group of a participant; null without grouping.</summary>
    /// <param name="subject">The participant.</param>
    /// <param name="grouping">What splits them.</param>
    public static SheetGroup? Of(Subject subject, V1.Grouping grouping)
    {
        var profile = subject.Dossier.Find<BaselineProfile>();
        return grouping switch
        {
            V1.Grouping.Unspecified => null,
            V1.Grouping.Site => new SheetGroup(subject.Dossier.Site, $"Site {subject.Dossier.Site}", $"中心{subject.Dossier.Site}"),
            V1.Grouping.Provenance => subject.Origin == DataOrigin.Prospective
                ? new SheetGroup("PROSPECTIVE", "Prospective", "前瞻性")
                : new SheetGroup("RETROSPECTIVE", "Retrospective", "回顾性"),
            V1.Grouping.Sex => subject.Dossier.Find<Participation>()?.Sex switch
            {
                Participation.Types.Sex.Female => new SheetGroup("FEMALE", "Female", "女"),
                Participation.Types.Sex.Male => new SheetGroup("MALE", "Male", "男"),
                _ => Unknown,
            },
            V1.Grouping.Age => profile is { HasAgeAtInfusionYears: true }
                ? Split(profile.AgeAtInfusionYears >= 65, new("BELOW_65", "Age below 65", "65岁以下"), new("FROM_65", "Age 65 and above", "65岁及以上"))
                : Unknown,
            V1.Grouping.HighRisk => YesNo(profile?.HighRiskBroad, "High-risk cytogenetics", "高危细胞遗传学"),
            V1.Grouping.Extramedullary => YesNo(profile?.Extramedullary, "Extramedullary disease", "髓外病变"),
            V1.Grouping.PriorLines => profile is { HasPriorLineCount: true }
                ? Split(profile.PriorLineCount >= 3, new("BELOW_3", "Fewer than 3 prior lines", "既往治疗少于3线"), new("FROM_3", "3 prior lines and more", "既往治疗3线及以上"))
                : Unknown,
            V1.Grouping.PriorBcma => YesNo(profile?.PriorBcma, "Prior BCMA therapy", "既往BCMA治疗"),
            V1.Grouping.TripleClassRefractory => YesNo(profile?.TripleClassRefractory, "Triple-class refractory", "三类药物难治"),
            V1.Grouping.Riss => profile?.RissAtDiagnosis switch
            {
                MyelomaHistory.Types.Stage.I => new SheetGroup("I", "R-ISS I", "R-ISS I期"),
                MyelomaHistory.Types.Stage.Ii => new SheetGroup("II", "R-ISS II", "R-ISS II期"),
                MyelomaHistory.Types.Stage.Iii => new SheetGroup("III", "R-ISS III", "R-ISS III期"),
                _ => Unknown,
            },
            V1.Grouping.RenalImpairment => YesNo(profile?.RenalImpairment, "Renal impairment", "肾功能不全"),
            V1.Grouping.TripleClassExposed => YesNo(profile?.TripleClassExposed, "Triple-class exposed", "三类药物暴露"),
            V1.Grouping.BridgingResponse => subject.Dossier.All<Bridging>().Select(found => found.Form).FirstOrDefault(form => !form.SecondInfusion)?.Response switch
            {
                TherapyResponse.StringentComplete or TherapyResponse.Complete or TherapyResponse.VeryGoodPartial or TherapyResponse.Partial =>
                    new SheetGroup("YES", "Response to bridging", "桥接治疗缓解"),
                TherapyResponse.Minimal or TherapyResponse.StableDisease or TherapyResponse.ProgressiveDisease =>
                    new SheetGroup("NO", "No response to bridging", "桥接治疗未缓解"),
                _ => Unknown,
            },
            V1.Grouping.ProductSpecification => subject.Dossier.All<Leukapheresis>().Select(found => found.Form).LastOrDefault(form => !form.SecondInfusion)?.ManufacturingOutcome switch
            {
                Leukapheresis.Types.ManufacturingOutcome.ReleasedInSpecification => new SheetGroup("YES", "Product in specification", "产品合规格"),
                Leukapheresis.Types.ManufacturingOutcome.OutOfSpecification => new SheetGroup("NO", "Product out of specification", "产品不合规格"),
                _ => Unknown,
            },
            _ => throw new ArgumentOutOfRangeException(nameof(grouping), grouping, "No such grouping."),
        };
    }

    private static SheetGroup YesNo(YesNoUnknown? answer, string label, string labelZh) => answer switch
    {
        YesNoUnknown.Yes => new SheetGroup("YES", label, labelZh),
        YesNoUnknown.No => new SheetGroup("NO", $"No {char.ToLowerInvariant(label[0])}{label[1..]}", $"无{labelZh}"),
        _ => Unknown,
    };

    private static SheetGroup Split(bool isHigh, SheetGroup low, SheetGroup high) => isHigh ? high : low;
}
