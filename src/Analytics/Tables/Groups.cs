using Equecel.Analytics.Dossiers;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Google.Protobuf;

namespace Equecel.Analytics.Tables;

/// <summary>Puts participants into groups.</summary>
internal static class Groups
{
    private const string UnknownKey = "UNKNOWN";

    private static readonly SheetGroup Unknown = new(UnknownKey, "Unknown", "不详");

    private static readonly Dictionary<V1.Grouping, SheetGroup[]> Named = new()
    {
        [V1.Grouping.Provenance] = [new("PROSPECTIVE", "Prospective", "前瞻性"), new("RETROSPECTIVE", "Retrospective", "回顾性")],
        [V1.Grouping.Sex] = [new("FEMALE", "Female", "女"), new("MALE", "Male", "男"), Unknown],
        [V1.Grouping.Age] = [new("BELOW_65", "Age below 65", "65岁以下"), new("FROM_65", "Age 65 and above", "65岁及以上"), Unknown],
        [V1.Grouping.HighRisk] = YesNo("High-risk cytogenetics", "高危细胞遗传学"),
        [V1.Grouping.Extramedullary] = YesNo("Extramedullary disease", "髓外病变"),
        [V1.Grouping.PriorLines] = [new("BELOW_3", "Fewer than 3 prior lines", "既往治疗少于3线"), new("FROM_3", "3 prior lines and more", "既往治疗3线及以上"), Unknown],
        [V1.Grouping.PriorBcma] = YesNo("Prior BCMA therapy", "既往BCMA治疗"),
        [V1.Grouping.TripleClassRefractory] = YesNo("Triple-class refractory", "三类药物难治"),
        [V1.Grouping.Riss] = [new("I", "R-ISS I", "R-ISS I期"), new("II", "R-ISS II", "R-ISS II期"), new("III", "R-ISS III", "R-ISS III期"), Unknown],
        [V1.Grouping.RenalImpairment] = YesNo("Renal impairment", "肾功能不全"),
        [V1.Grouping.TripleClassExposed] = YesNo("Triple-class exposed", "三类药物暴露"),
        [V1.Grouping.BridgingResponse] = [new("YES", "Response to bridging", "桥接治疗缓解"), new("NO", "No response to bridging", "桥接治疗未缓解"), Unknown],
        [V1.Grouping.ProductSpecification] = [new("YES", "Product in specification", "产品合规格"), new("NO", "Product out of specification", "产品不合规格"), Unknown],
    };

    /// <summary>The groups that there can be; empty by site, and for no grouping.</summary>
    /// <param name="grouping">What splits participants.</param>
    public static IReadOnlyList<SheetGroup> Of(V1.Grouping grouping) => Named.GetValueOrDefault(grouping, []);

    /// <summary>The group of a participant; null without grouping.</summary>
    /// <param name="subject">The participant.</param>
    /// <param name="grouping">What splits them.</param>
    public static SheetGroup? Of(Subject subject, V1.Grouping grouping)
    {
        if (grouping is V1.Grouping.Unspecified or V1.Grouping.Site)
        {
            return grouping == V1.Grouping.Site ? new SheetGroup(subject.Dossier.Site, $"Site {subject.Dossier.Site}", $"中心{subject.Dossier.Site}") : null;
        }

        var key = KeyOf(subject, grouping);
        return Array.Find(Named[grouping], group => group.Key == key)!;
    }

    /// <summary>Whether a form says in which group its participant is.</summary>
    /// <param name="form">The form.</param>
    /// <param name="grouping">What splits participants.</param>
    public static bool IsToldBy(IMessage form, V1.Grouping grouping) => grouping switch
    {
        V1.Grouping.Unspecified or V1.Grouping.Site => false,
        V1.Grouping.Provenance or V1.Grouping.Sex => form is Participation,
        V1.Grouping.BridgingResponse => form is Bridging { SecondInfusion: false },
        V1.Grouping.ProductSpecification => form is Leukapheresis { SecondInfusion: false },
        _ => form is BaselineProfile,
    };

    private static string KeyOf(Subject subject, V1.Grouping grouping)
    {
        var profile = subject.Dossier.Find<BaselineProfile>();
        return grouping switch
        {
            V1.Grouping.Provenance => subject.Origin == DataOrigin.Prospective ? "PROSPECTIVE" : "RETROSPECTIVE",
            V1.Grouping.Sex => subject.Dossier.Find<Participation>()?.Sex switch
            {
                Participation.Types.Sex.Female => "FEMALE",
                Participation.Types.Sex.Male => "MALE",
                _ => UnknownKey,
            },
            V1.Grouping.Age => profile is not { HasAgeAtInfusionYears: true } ? UnknownKey : profile.AgeAtInfusionYears >= 65 ? "FROM_65" : "BELOW_65",
            V1.Grouping.HighRisk => KeyOf(profile?.HighRiskBroad),
            V1.Grouping.Extramedullary => KeyOf(profile?.Extramedullary),
            V1.Grouping.PriorLines => profile is not { HasPriorLineCount: true } ? UnknownKey : profile.PriorLineCount >= 3 ? "FROM_3" : "BELOW_3",
            V1.Grouping.PriorBcma => KeyOf(profile?.PriorBcma),
            V1.Grouping.TripleClassRefractory => KeyOf(profile?.TripleClassRefractory),
            V1.Grouping.Riss => profile?.RissAtDiagnosis switch
            {
                MyelomaHistory.Types.Stage.I => "I",
                MyelomaHistory.Types.Stage.Ii => "II",
                MyelomaHistory.Types.Stage.Iii => "III",
                _ => UnknownKey,
            },
            V1.Grouping.RenalImpairment => KeyOf(profile?.RenalImpairment),
            V1.Grouping.TripleClassExposed => KeyOf(profile?.TripleClassExposed),
            V1.Grouping.BridgingResponse => LastBridging(subject.Dossier)?.Response switch
            {
                TherapyResponse.StringentComplete or TherapyResponse.Complete or TherapyResponse.VeryGoodPartial or TherapyResponse.Partial => "YES",
                TherapyResponse.Minimal or TherapyResponse.StableDisease or TherapyResponse.ProgressiveDisease => "NO",
                _ => UnknownKey,
            },
            V1.Grouping.ProductSpecification => DossierFacts.ProductOf(subject.Dossier)?.Form.ManufacturingOutcome switch
            {
                Leukapheresis.Types.ManufacturingOutcome.ReleasedInSpecification => "YES",
                Leukapheresis.Types.ManufacturingOutcome.OutOfSpecification => "NO",
                _ => UnknownKey,
            },
            _ => throw new ArgumentOutOfRangeException(nameof(grouping), grouping, "No such grouping."),
        };
    }

    private static Bridging? LastBridging(Dossier dossier) => dossier.All<Bridging>().Select(found => found.Form)
        .Where(form => !form.SecondInfusion).OrderBy(form => form.StartDate, StringComparer.Ordinal).LastOrDefault();

    private static string KeyOf(YesNoUnknown? answer) => answer switch
    {
        YesNoUnknown.Yes => "YES",
        YesNoUnknown.No => "NO",
        _ => UnknownKey,
    };

    private static SheetGroup[] YesNo(string label, string labelZh) =>
        [new("YES", label, labelZh), new("NO", $"No {char.ToLowerInvariant(label[0])}{label[1..]}", $"无{labelZh}"), Unknown];
}
