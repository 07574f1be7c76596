using System.Collections.Frozen;
using Equecel.Enrolment.V1;
using Google.Protobuf.Reflection;
using static Equecel.Enrolment.V1.ParticipantFacts;

namespace Equecel.Records.Deriving;

/// <summary>
/// What a derivation outside Enrolment may know of a participant: what comes from the records that <see cref="EnrolmentFollower"/> follows.
/// A rule that looks at anything else finds it unset, instead of computing what no change would ever compute anew.
/// </summary>
public static class FollowedFacts
{
    /// <summary>Kinds of Enrolment's records, and the facts that each says.</summary>
    public static FrozenDictionary<string, int[]> ByKind { get; } = new Dictionary<string, int[]>
    {
        ["participation"] =
        [
            ParticipantFieldNumber, SiteFieldNumber, OriginFieldNumber, BirthYearMonthFieldNumber, ConsentDateFieldNumber, EnrolmentDateFieldNumber,
            CollectionEndDateFieldNumber, BodyMassKgFieldNumber, SexFieldNumber, ConsentHgrSamplesFieldNumber, ConsentCrossBorderFieldNumber,
            WithdrawalScopeFieldNumber, QuestionnaireEndDateFieldNumber,
        ],
        ["myeloma_history"] = [HeavyChainFieldNumber, LightChainFieldNumber, DiagnosisDateFieldNumber],
        ["leukapheresis"] = [LeukapheresisDateFieldNumber],
        ["lymphodepletion"] = [LymphodepletionStartDateFieldNumber, LymphodepletionEndDateFieldNumber],
        ["infusion"] = [InfusionDateFieldNumber, SecondInfusionDateFieldNumber],
        ["subsequent_therapy"] = [NewTherapyDateFieldNumber],
    }.ToFrozenDictionary();

    private static readonly FieldDescriptor[] Others =
        [.. ParticipantFacts.Descriptor.Fields.InDeclarationOrder().ExceptBy(ByKind.Values.SelectMany(numbers => numbers), field => field.FieldNumber)];

    /// <summary>Leaves only those.</summary>
    /// <param name="facts">What is known.</param>
    public static ParticipantFacts Of(ParticipantFacts facts)
    {
        var followed = facts.Clone();
        foreach (var field in Others)
        {
            field.Accessor.Clear(followed);
        }

        return followed;
    }
}
