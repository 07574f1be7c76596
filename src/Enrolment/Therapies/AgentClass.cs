using Equecel.Enrolment.V1;

namespace Equecel.Enrolment.Therapies;

/// <summary>Which class a drug belongs to.</summary>
internal static class AgentClass
{
    /// <summary>The class of a drug.</summary>
    /// <param name="agent">The drug.</param>
    /// <returns>Its class; unspecified for a drug that has no value.</returns>
    public static TherapyClass Of(Agent agent) => agent switch
    {
        Agent.Bortezomib or Agent.Carfilzomib or Agent.Ixazomib => TherapyClass.Pi,
        Agent.Thalidomide or Agent.Lenalidomide or Agent.Pomalidomide => TherapyClass.Imid,
        Agent.Daratumumab or Agent.Isatuximab => TherapyClass.AntiCd38,
        Agent.Melphalan or Agent.Cyclophosphamide or Agent.Bendamustine => TherapyClass.Alkylator,
        Agent.Doxorubicin or Agent.LiposomalDoxorubicin => TherapyClass.Anthracycline,
        Agent.Dexamethasone or Agent.Prednisone or Agent.Methylprednisolone => TherapyClass.Steroid,
        Agent.Selinexor => TherapyClass.Xpo1,
        Agent.Chidamide or Agent.Panobinostat => TherapyClass.Hdac,
        Agent.Venetoclax => TherapyClass.Bcl2,
        Agent.Elotuzumab => TherapyClass.AntiSlamf7,
        Agent.Zevorcabtagene or Agent.Ciltacabtagene or Agent.Idecabtagene => TherapyClass.BcmaCart,
        Agent.Teclistamab or Agent.Elranatamab or Agent.Linvoseltamab => TherapyClass.BcmaBispecific,
        Agent.BelantamabMafodotin => TherapyClass.BcmaAdc,
        Agent.Talquetamab => TherapyClass.Gprc5DBispecific,
        _ => TherapyClass.Unspecified,
    };

    /// <summary>Whether a class is one of procedures rather than of drugs.</summary>
    /// <param name="therapyClass">The class.</param>
    public static bool IsProcedure(TherapyClass therapyClass) =>
        therapyClass is TherapyClass.Asct or TherapyClass.AlloSct or TherapyClass.Radiotherapy or TherapyClass.Surgery;
}
