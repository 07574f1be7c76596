using static Equecel.Enrolment.V1.Site.Types;

namespace Equecel.Enrolment.Sites;

/// <summary>The unit of a laboratory test.</summary>
internal static class LaboratoryUnit
{
    /// <summary>Its unit; empty for no test.</summary>
    /// <param name="test">The test.</param>
    public static string Of(LaboratoryTest test) => test switch
    {
        LaboratoryTest.Ldh or LaboratoryTest.Alt or LaboratoryTest.Ast => "U/L",
        LaboratoryTest.Bilirubin or LaboratoryTest.Creatinine => "µmol/L",
        LaboratoryTest.Calcium => "mmol/L",
        LaboratoryTest.Albumin or LaboratoryTest.Haemoglobin or LaboratoryTest.Fibrinogen
            or LaboratoryTest.Igg or LaboratoryTest.Iga or LaboratoryTest.Igm => "g/L",
        LaboratoryTest.WhiteCells or LaboratoryTest.Neutrophils or LaboratoryTest.Lymphocytes or LaboratoryTest.Platelets => "10⁹/L",
        LaboratoryTest.Beta2Microglobulin or LaboratoryTest.Crp or LaboratoryTest.DDimer => "mg/L",
        LaboratoryTest.Ferritin => "µg/L",
        LaboratoryTest.Il6 => "pg/mL",
        _ => "",
    };
}
