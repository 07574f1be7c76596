using System.Globalization;
using Equecel.Assessment.DiseaseAssessments.Imwg;

namespace Equecel.Assessment.Tests.DiseaseAssessments.Imwg;

/// <summary>One row of the cases; see the README of the folder Vectors.</summary>
internal sealed class ImwgCase(Dictionary<string, string> row)
{
    private static readonly Dictionary<string, ResponseLevel> Levels = new()
    {
        ["sCR"] = ResponseLevel.StringentComplete,
        ["CR"] = ResponseLevel.Complete,
        ["VGPR"] = ResponseLevel.VeryGoodPartial,
        ["PR"] = ResponseLevel.Partial,
        ["MR"] = ResponseLevel.Minimal,
        ["SD"] = ResponseLevel.StableDisease,
        ["PD"] = ResponseLevel.Progression,
        ["NE"] = ResponseLevel.NotEvaluable,
    };

    private static readonly Dictionary<string, MeasurableTrack> Tracks = new()
    {
        ["S"] = MeasurableTrack.Serum,
        ["U"] = MeasurableTrack.Urine,
        ["SU"] = MeasurableTrack.SerumAndUrine,
        ["FLC"] = MeasurableTrack.LightChain,
        ["BM"] = MeasurableTrack.Marrow,
        ["NONE"] = MeasurableTrack.None,
    };

    private static readonly Dictionary<string, ImwgCase> All = Read();

    public static IEnumerable<string> Ids => All.Keys;

    public Baseline Baseline => new()
    {
        SerumM = Number("b_serum_m_g_l"),
        UrineM = Number("b_urine_m_mg_24h"),
        LightChains = Chains("b_kappa_mg_l", "b_lambda_mg_l"),
        MarrowPlasmaCells = Number("b_bmpc_pct"),
        PlasmacytomaArea = Number("b_spd_mm2"),
        DiagnosedChain = row["involved_chain"] == "K" ? LightChain.Kappa : LightChain.Lambda,
    };

    public Nadirs Nadirs => new()
    {
        SerumM = Number("n_serum_m_g_l"),
        UrineM = Number("n_urine_m_mg_24h"),
        LightChainDifference = Number("n_dflc_mg_l"),
        MarrowPlasmaCells = Number("n_bmpc_pct"),
        PlasmacytomaArea = Number("n_spd_mm2"),
        CirculatingPlasmaCells = Number("n_cpc_per_ul"),
    };

    public VisitValues Values => new()
    {
        SerumM = Number("c_serum_m_g_l"),
        SerumIfe = Test("c_serum_ife", row["c_ife_band"]),
        UrineM = Number("c_urine_m_mg_24h"),
        UrineIfe = Test("c_urine_ife", row["c_ife_band"]),
        LightChains = Chains("c_kappa_mg_l", "c_lambda_mg_l"),
        MarrowPlasmaCells = Number("c_bmpc_pct"),
        Clonality = Test("c_bm_clonality"),
        PlasmacytomaArea = Number("c_spd_mm2"),
        LesionCount = (int)(Number("c_lesion_count") ?? 0),
        HasNewLesion = row["c_new_lesion"] == "Y",
        // The row gives the rise in percent: from 100 mm it is the same in mm.
        Growths = Number("c_single_lesion_ld_increase_pct") is { } rise
            ? [new LesionGrowth("1", 100, Number("c_single_lesion_prev_short_axis_mm")!.Value, 100 + rise)]
            : [],
        CirculatingPlasmaCells = Number("c_cpc_per_ul"),
        CorrectedCalcium = Number("c_corr_ca_mmol_l"),
    };

    public Confirmation Before => row["prev_tp"] == "NONE"
        ? Confirmation.Start
        : new(row["prev_confirmed"] == "NONE" ? ResponseLevel.NotEvaluable : Levels[row["prev_confirmed"]], Levels[row["prev_tp"]], Levels[row["prev_sero_tp"]]);

    public bool IsAfterNewTherapy => row["new_therapy_started"] == "Y";

    public MeasurableTrack Track => Tracks[row["expected_track"]];

    public ResponseLevel Level => Levels[row["expected_tp"]];

    public string Basis => row["expected_pd_basis"];

    public ResponseLevel Confirmed => Levels[row["expected_confirmed"]];

    public string Relapse => row["expected_relapse_from_cr"];

    public static ImwgCase Get(string id) => All[id];

    private decimal? Number(string column) => row[column].Length == 0 ? null : decimal.Parse(row[column], CultureInfo.InvariantCulture);

    private LightChains? Chains(string kappa, string lambda) =>
        Number(kappa) is { } k && Number(lambda) is { } l ? new LightChains(k, l) : null;

    private TestResult Test(string column, string band = "") => row[column] switch
    {
        "NEG" => TestResult.Negative,
        "POS" => band is "MAB" or "DIFFERENT" ? TestResult.Negative : TestResult.Positive,
        _ => TestResult.NotDone,
    };

    private static Dictionary<string, ImwgCase> Read()
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Vectors", "imwg_cases.csv"));
        var header = lines[0].Split(',');
        return lines.Skip(1).Where(line => line.Length > 0)
            .Select(line => header.Zip(line.Split(',')).ToDictionary(cell => cell.First, cell => cell.Second))
            .ToDictionary(row => row["case_id"], row => new ImwgCase(row));
    }
}
