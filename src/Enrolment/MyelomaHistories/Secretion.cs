using Equecel.Enrolment.V1;
using static Equecel.Enrolment.V1.MyelomaHistory.Types;

namespace Equecel.Enrolment.MyelomaHistories;

/// <summary>What the myeloma secretes, and where it grows outside the marrow.</summary>
internal static class Secretion
{
    /// <summary>What it secretes.</summary>
    /// <param name="heavy">The heavy chain.</param>
    /// <param name="light">The light chain.</param>
    public static BaselineProfile.Types.SecretoryType Type(HeavyChain heavy, LightChain light) => (heavy, light) switch
    {
        (HeavyChain.Unspecified or HeavyChain.Unknown, _) => BaselineProfile.Types.SecretoryType.Unknown,
        (HeavyChain.None, LightChain.Kappa or LightChain.Lambda or LightChain.Both) => BaselineProfile.Types.SecretoryType.LightChainOnly,
        (HeavyChain.None, LightChain.None) => BaselineProfile.Types.SecretoryType.NonSecretory,
        (HeavyChain.None, _) => BaselineProfile.Types.SecretoryType.Unknown,
        _ => BaselineProfile.Types.SecretoryType.IntactIg,
    };

    /// <summary>Whether there is any disease outside the marrow; null when not known.</summary>
    /// <param name="where">Where it is.</param>
    public static bool? IsExtramedullary(Extramedullary where) => where switch
    {
        Extramedullary.Unspecified or Extramedullary.Unknown => null,
        Extramedullary.None => false,
        _ => true,
    };

    /// <summary>Whether there is disease away from bone; null when not known.</summary>
    /// <param name="where">Where it is.</param>
    public static bool? IsExtraosseous(Extramedullary where) => where switch
    {
        Extramedullary.Unspecified or Extramedullary.Unknown => null,
        Extramedullary.None or Extramedullary.Paraskeletal => false,
        _ => true,
    };
}
