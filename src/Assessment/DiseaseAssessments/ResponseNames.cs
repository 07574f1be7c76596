using Equecel.Assessment.DiseaseAssessments.Imwg;

namespace Equecel.Assessment.DiseaseAssessments;

/// <summary>Responses as they are on the wire and as people write them.</summary>
internal static class ResponseNames
{
    /// <summary>Reads a response; null when it is not set.</summary>
    public static ResponseLevel? Find(V1.Response response) => response switch
    {
        V1.Response.StringentComplete => ResponseLevel.StringentComplete,
        V1.Response.Complete => ResponseLevel.Complete,
        V1.Response.VeryGoodPartial => ResponseLevel.VeryGoodPartial,
        V1.Response.Partial => ResponseLevel.Partial,
        V1.Response.Minimal => ResponseLevel.Minimal,
        V1.Response.StableDisease => ResponseLevel.StableDisease,
        V1.Response.ProgressiveDisease => ResponseLevel.Progression,
        V1.Response.NotEvaluable => ResponseLevel.NotEvaluable,
        _ => null,
    };

    /// <summary>A response for the wire.</summary>
    public static V1.Response ToV1(this ResponseLevel level) => level switch
    {
        ResponseLevel.StringentComplete => V1.Response.StringentComplete,
        ResponseLevel.Complete => V1.Response.Complete,
        ResponseLevel.VeryGoodPartial => V1.Response.VeryGoodPartial,
        ResponseLevel.Partial => V1.Response.Partial,
        ResponseLevel.Minimal => V1.Response.Minimal,
        ResponseLevel.StableDisease => V1.Response.StableDisease,
        ResponseLevel.Progression => V1.Response.ProgressiveDisease,
        _ => V1.Response.NotEvaluable,
    };

    /// <summary>The usual abbreviation, the same in English and Chinese.</summary>
    public static string Short(this ResponseLevel level) => level switch
    {
        ResponseLevel.StringentComplete => "sCR",
        ResponseLevel.Complete => "CR",
        ResponseLevel.VeryGoodPartial => "VGPR",
        ResponseLevel.Partial => "PR",
        ResponseLevel.Minimal => "MR",
        ResponseLevel.StableDisease => "SD",
        ResponseLevel.Progression => "PD",
        _ => "NE",
    };
}
