namespace Equecel.Assessment.DiseaseAssessments;

/// <summary>What a laboratory value can be. The ranges catch typing errors; they are not medicine.</summary>
/// <param name="Field">Field of the form.</param>
/// <param name="Name">Name in English.</param>
/// <param name="NameZh">Name in Chinese.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Possible">Smallest and largest possible.</param>
/// <param name="Usual">Smallest and largest usual; null when every possible value is usual.</param>
internal sealed record LaboratoryRange(
    string Field, string Name, string NameZh, string Unit, (decimal Low, decimal High) Possible, (decimal Low, decimal High)? Usual = null)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<LaboratoryRange> All { get; } =
    [
        new("serum_m_protein_g_per_l", "Serum M-protein", "血清M蛋白", "g/L", (0, 150), (0, 90)),
        new("urine_volume_ml", "Urine volume", "24小时尿量", "mL", (50, 15_000), (400, 5000)),
        new("urine_m_protein_mg_per_24h", "Urine M-protein", "尿M蛋白", "mg/24h", (0, 50_000)),
        new("urine_total_protein_mg_per_24h", "Urine total protein", "尿总蛋白", "mg/24h", (0, 60_000)),
        new("kappa_mg_per_l", "Free kappa", "游离κ轻链", "mg/L", (0.1m, 100_000), (0.5m, 20_000)),
        new("lambda_mg_per_l", "Free lambda", "游离λ轻链", "mg/L", (0.1m, 100_000), (0.5m, 20_000)),
        new("light_chain_ratio", "Free light chain ratio", "游离轻链比值", "", (0, 1_000_000)),
        new("igg_g_per_l", "IgG", "IgG", "g/L", (0, 150)),
        new("iga_g_per_l", "IgA", "IgA", "g/L", (0, 100)),
        new("igm_g_per_l", "IgM", "IgM", "g/L", (0, 100)),
        new("igd_g_per_l", "IgD", "IgD", "g/L", (0, 50)),
        new("marrow_plasma_cells_percent", "Marrow plasma cells", "骨髓浆细胞", "%", (0, 100)),
        new("clonality_cell_count", "Cells counted", "计数细胞", "", (0, 10_000)),
        new("pet_suv_max", "SUVmax", "SUVmax", "", (0, 200)),
        new("circulating_plasma_cells_per_ul", "Circulating plasma cells", "循环浆细胞", "/µL", (0, 200_000)),
        new("white_cells_e9_per_l", "White blood cells", "白细胞", "×10⁹/L", (0, 500)),
        new("neutrophils_e9_per_l", "Neutrophils", "中性粒细胞", "×10⁹/L", (0, 200)),
        new("lymphocytes_e9_per_l", "Lymphocytes", "淋巴细胞", "×10⁹/L", (0, 200)),
        new("platelets_e9_per_l", "Platelets", "血小板", "×10⁹/L", (0, 3000)),
        new("haemoglobin_g_per_l", "Haemoglobin", "血红蛋白", "g/L", (20, 230)),
        new("creatinine_umol_per_l", "Creatinine", "肌酐", "µmol/L", (10, 3000)),
        new("egfr_ml_per_min", "eGFR", "eGFR", "mL/min/1.73m²", (0, 250)),
        new("calcium_mmol_per_l", "Calcium", "血钙", "mmol/L", (1, 5)),
        new("albumin_g_per_l", "Albumin", "白蛋白", "g/L", (10, 65)),
        new("alt_u_per_l", "ALT", "ALT", "U/L", (1, 20_000)),
        new("ast_u_per_l", "AST", "AST", "U/L", (1, 20_000)),
        new("bilirubin_umol_per_l", "Bilirubin", "总胆红素", "µmol/L", (0, 1000)),
        new("ldh_u_per_l", "LDH", "乳酸脱氢酶", "U/L", (10, 20_000)),
        new("beta2_microglobulin_mg_per_l", "Beta-2 microglobulin", "β2微球蛋白", "mg/L", (0.1m, 200)),
        new("crp_mg_per_l", "CRP", "C反应蛋白", "mg/L", (0, 700)),
        new("ferritin_ug_per_l", "Ferritin", "铁蛋白", "µg/L", (0, 200_000)),
        new("il6_pg_per_ml", "IL-6", "IL-6", "pg/mL", (0, 200_000)),
        new("fibrinogen_g_per_l", "Fibrinogen", "纤维蛋白原", "g/L", (0.1m, 15)),
        new("d_dimer_mg_per_l", "D-dimer", "D-二聚体", "mg/L", (0, 200)),
    ];
}
