using Equecel.Analytics.Dossiers;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Stage = Equecel.Enrolment.V1.MyelomaHistory.Types.Stage;

namespace Equecel.Analytics.Tables.Topics;

/// <summary>Demographics and disease at baseline.</summary>
internal sealed class Baseline : Topic
{
    private static readonly (string Key, string Label, string LabelZh, Func<BaselineProfile, YesNoUnknown> Answer)[] Questions =
    [
        ("high-risk-riss", "High-risk cytogenetics (R-ISS set)", "高危细胞遗传学（R-ISS）", profile => profile.HighRiskRiss),
        ("high-risk-broad", "High-risk cytogenetics (broad set)", "高危细胞遗传学（广义）", profile => profile.HighRiskBroad),
        ("high-risk-cgs", "High risk (IMS/IMWG 2025)", "高危（IMS/IMWG 2025）", profile => profile.HighRiskCgs2025),
        ("double-hit", "Two abnormalities and more", "双打击及以上", profile => profile.DoubleHit),
        ("extramedullary", "Extramedullary disease", "髓外病变", profile => profile.Extramedullary),
        ("extraosseous", "Extraosseous disease", "骨外髓外病变", profile => profile.Extraosseous),
        ("renal-impairment", "Renal impairment (eGFR below 60)", "肾功能不全（eGFR<60）", profile => profile.RenalImpairment),
    ];

    private static readonly (Stage Stage, string Key)[] Stages = [(Stage.I, "i"), (Stage.Ii, "ii"), (Stage.Iii, "iii"), (Stage.Unknown, "unknown")];

    private static readonly IReadOnlyList<(string, string, string)> StageRows = [("i", "I", "I期"), ("ii", "II", "II期"), ("iii", "III", "III期"), ("unknown", "Unknown", "不详")];

    /// <inheritdoc/>
    public override V1.Topic Name => V1.Topic.Baseline;

    /// <inheritdoc/>
    public override (string En, string Zh) Title => ("Demographics and disease at baseline", "人口学及基线疾病特征");

    /// <inheritdoc/>
    public override (string En, string Zh) Method(TableQuestion question) => (
        "Counts and distributions of all infused; quartiles averaged at jumps (type 2); stages and flags as computed by Enrolment",
        "全部回输受试者的例数与分布；四分位数在跳跃处取平均（第2型）；分期和标志由入组服务计算");

    /// <inheritdoc/>
    public override void Define(Sheet sheet, TableQuestion question)
    {
        sheet.Row(Rows.Summary("age", "Age at infusion", "回输时年龄", "years"));
        Rows.Define(sheet, Rows.Heading("sex", "Sex", "性别"), [("male", "Male", "男"), ("female", "Female", "女"), ("unknown", "Unknown", "不详")]);
        Rows.Define(sheet, Rows.Heading("ecog", "ECOG performance status", "ECOG评分"), [.. Enumerable.Range(0, 5).Select(n => ($"{n}", $"{n}", $"{n}")), ("unknown", "Unknown", "不详")]);
        sheet.Row(Rows.Summary("bmi", "Body mass index", "体重指数", "kg/m²"));
        Rows.Define(
            sheet, Rows.Heading("type", "Type of myeloma", "骨髓瘤类型"),
            [("igg", "IgG", "IgG"), ("iga", "IgA", "IgA"), ("igd", "IgD", "IgD"), ("light-chain", "Light chain only", "轻链型"), ("non-secretory", "Non-secretory", "不分泌型"), ("other", "Other or unknown", "其他或不详")]);
        Rows.Define(sheet, Rows.Heading("iss", "ISS at diagnosis", "诊断时ISS分期"), StageRows);
        Rows.Define(sheet, Rows.Heading("riss", "R-ISS at diagnosis", "诊断时R-ISS分期"), StageRows);
        foreach (var (key, label, labelZh, _) in Questions)
        {
            Rows.Define(sheet, Rows.Heading(key, label, labelZh), Rows.YesNo);
        }
    }

    /// <inheritdoc/>
    public override void Add(Sheet sheet, Subject subject, TableQuestion question)
    {
        var participation = subject.Dossier.All<Participation>().FirstOrDefault();
        var profile = subject.Dossier.All<BaselineProfile>().FirstOrDefault();
        List<DossierRecord> sources = [.. new[] { participation.Record, profile.Record }.Where(record => record is not null)];

        if (profile.Form is { HasAgeAtInfusionYears: true } aged)
        {
            sheet["age"].Add(aged.AgeAtInfusionYears, $"{aged.AgeAtInfusionYears} years", sources);
        }

        if (profile.Form is { HasBmiKgPerM2: true } built)
        {
            sheet["bmi"].Add(built.BmiKgPerM2, $"{built.BmiKgPerM2:0.0} kg/m²", sources);
        }

        Count("sex", participation.Form?.Sex switch { Participation.Types.Sex.Male => "male", Participation.Types.Sex.Female => "female", _ => "unknown" });
        Count("ecog", participation.Form is { HasEcog: true, Ecog: >= 0 and <= 4 and var ecog } ? $"{ecog}" : "unknown");
        var history = subject.Dossier.All<MyelomaHistory>().FirstOrDefault();
        var type = TypeOf(history.Form, profile.Form);
        sheet[$"type/{type}"].Count(type, history.Record is null ? sources : [history.Record, .. sources]);
        Count("iss", StageOf(profile.Form?.IssAtDiagnosis));
        Count("riss", StageOf(profile.Form?.RissAtDiagnosis));
        foreach (var (key, _, _, answer) in Questions)
        {
            Count(key, profile.Form is { } form ? Rows.Key(answer(form)) : "unknown");
        }

        void Count(string heading, string answer) => sheet[$"{heading}/{answer}"].Count(answer, sources);
    }

    private static string StageOf(Stage? stage) => Array.Find(Stages, one => one.Stage == stage).Key ?? "unknown";

    private static string TypeOf(MyelomaHistory? history, BaselineProfile? profile) => (history?.HeavyChain, profile?.SecretoryType) switch
    {
        (MyelomaHistory.Types.HeavyChain.Igg, _) => "igg",
        (MyelomaHistory.Types.HeavyChain.Iga, _) => "iga",
        (MyelomaHistory.Types.HeavyChain.Igd, _) => "igd",
        (_, BaselineProfile.Types.SecretoryType.LightChainOnly) => "light-chain",
        (_, BaselineProfile.Types.SecretoryType.NonSecretory) => "non-secretory",
        _ => "other",
    };
}
