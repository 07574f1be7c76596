using Equecel.Enrolment.V1;

namespace Equecel.Analytics.Tables.Topics;

/// <summary>A regimen by the classes of its treatments. Steroids, which go with almost everything, name one only when they are alone.</summary>
/// <param name="Key">Its classes, as a part of a row's key: <c>pi+imid</c>.</param>
/// <param name="Label">The same in English.</param>
/// <param name="LabelZh">The same in Chinese.</param>
internal sealed record Regimen(string Key, string Label, string LabelZh)
{
    private const string Between = " + ";

    private static readonly Regimen Unknown = new("unknown", "class not known", "类别不详");

    private static readonly (TherapyClass Class, string Key, string Label, string LabelZh)[] Classes =
    [
        (TherapyClass.Pi, "pi", "PI", "蛋白酶体抑制剂"),
        (TherapyClass.Imid, "imid", "IMiD", "免疫调节剂"),
        (TherapyClass.AntiCd38, "anti-cd38", "anti-CD38", "抗CD38抗体"),
        (TherapyClass.Alkylator, "alkylator", "alkylator", "烷化剂"),
        (TherapyClass.Anthracycline, "anthracycline", "anthracycline", "蒽环类"),
        (TherapyClass.Xpo1, "xpo1", "XPO1 inhibitor", "XPO1抑制剂"),
        (TherapyClass.Hdac, "hdac", "HDAC inhibitor", "HDAC抑制剂"),
        (TherapyClass.Bcl2, "bcl2", "BCL2 inhibitor", "BCL2抑制剂"),
        (TherapyClass.AntiSlamf7, "anti-slamf7", "anti-SLAMF7", "抗SLAMF7抗体"),
        (TherapyClass.BcmaCart, "bcma-cart", "BCMA CAR-T", "BCMA CAR-T"),
        (TherapyClass.BcmaBispecific, "bcma-bispecific", "BCMA bispecific", "BCMA双抗"),
        (TherapyClass.BcmaAdc, "bcma-adc", "BCMA ADC", "BCMA ADC"),
        (TherapyClass.Gprc5DBispecific, "gprc5d-bispecific", "GPRC5D bispecific", "GPRC5D双抗"),
        (TherapyClass.OtherCart, "other-cart", "other CAR-T", "其他CAR-T"),
        (TherapyClass.Asct, "asct", "ASCT", "自体移植"),
        (TherapyClass.AlloSct, "allo-sct", "allogeneic transplant", "异基因移植"),
        (TherapyClass.Radiotherapy, "radiotherapy", "radiotherapy", "放疗"),
        (TherapyClass.Surgery, "surgery", "surgery", "手术"),
        (TherapyClass.Other, "other", "other", "其他"),
        (TherapyClass.Steroid, "steroid", "steroid", "糖皮质激素"),
    ];

    /// <summary>The name in Chinese of a regimen that is named in English.</summary>
    /// <param name="label">Its name as <see cref="Label"/> has it.</param>
    public static string ToChinese(string label) => label == Unknown.Label
        ? Unknown.LabelZh
        : string.Join(Between, label.Split(Between).Select(name => Array.Find(Classes, one => one.Label == name).LabelZh ?? name));

    /// <summary>Names one.</summary>
    /// <param name="treatments">Its drugs and procedures, in any order.</param>
    public static Regimen Of(IEnumerable<Treatment> treatments)
    {
        var given = treatments.Select(treatment => treatment.TherapyClass).ToHashSet();
        var known = Classes.Where(one => given.Contains(one.Class)).ToList();
        var named = known.Count > 1 ? known.Where(one => one.Class != TherapyClass.Steroid).ToList() : known;
        return named.Count == 0
            ? Unknown
            : new Regimen(Join("+", named.Select(one => one.Key)), Join(Between, named.Select(one => one.Label)), Join(Between, named.Select(one => one.LabelZh)));

        static string Join(string between, IEnumerable<string> texts) => string.Join(between, texts);
    }
}
