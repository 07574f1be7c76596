namespace Equecel.Assessment.DiseaseAssessments.Imwg;

/// <summary>Something that is measured: where the form holds it and what it is called.</summary>
/// <param name="Sample">The sample that it is measured in.</param>
/// <param name="Field">Field of the form.</param>
/// <param name="Name">Name in English.</param>
/// <param name="NameZh">Name in Chinese.</param>
/// <param name="Unit">Unit, with a space before it; empty without one.</param>
internal sealed record Marker(Sample Sample, string Field, string Name, string NameZh, string Unit = "")
{
    public static Marker SerumM { get; } = new(Sample.Serum, "serum_m_protein_g_per_l", "serum M-protein", "血清M蛋白", " g/L");

    public static Marker SerumIfe { get; } = new(Sample.Serum, "serum_immunofixation", "serum immunofixation", "血清免疫固定");

    public static Marker UrineM { get; } = new(Sample.Urine, "urine_m_protein_mg_per_24h", "urine M-protein", "尿M蛋白", " mg/24h");

    public static Marker UrineIfe { get; } = new(Sample.Urine, "urine_immunofixation", "urine immunofixation", "尿免疫固定");

    public static Marker Difference { get; } = new(Sample.LightChains, "kappa_mg_per_l", "excess of the involved light chain", "受累与非受累游离轻链差值", " mg/L");

    public static Marker Ratio { get; } = new(Sample.LightChains, "kappa_mg_per_l", "free light chain ratio", "游离轻链比值");

    public static Marker Marrow { get; } = new(Sample.Marrow, "marrow_plasma_cells_percent", "marrow plasma cells", "骨髓浆细胞", " %");

    public static Marker Clonality { get; } = new(Sample.Marrow, "marrow_clonality", "clonality of the marrow", "骨髓克隆性");

    public static Marker Area { get; } = new(Sample.Imaging, "plasmacytomas", "area of the plasmacytomas", "浆细胞瘤面积(SPD)", " mm²");

    public static Marker Lesion { get; } = new(Sample.Imaging, "plasmacytomas", "length of a lesion", "病灶长径", " mm");

    public static Marker NewLesion { get; } = new(Sample.Imaging, "new_lesion", "new lesion", "新发病灶");

    public static Marker CirculatingCells { get; } = new(Sample.Blood, "circulating_plasma_cells_per_ul", "plasma cells in the blood", "循环浆细胞", "/µL");

    public static Marker Death { get; } = new(Sample.None, "progression_reasons", "death from progression", "因疾病进展死亡");

    public static Marker Nothing { get; } = new(Sample.None, "investigator_response", "measurable disease at baseline", "基线可测量病灶");
}
