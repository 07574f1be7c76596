using Equecel.Enrolment.Directory;
using Equecel.Enrolment.V1;
using Equecel.Records.Deriving;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Equecel.Enrolment.Tests.Directory;

/// <summary>What derivations elsewhere may know of a participant is what Enrolment makes of the kinds of records that they follow.</summary>
public sealed class FollowedFactsTests
{
    private static readonly IMessage[] Unfollowed =
    [
        Form.Eligibility(), Form.Cytogenetics(), Form.Line(), Form.Bridging(),
        new FollowUp(Form.FollowUp()) { Status = FollowUp.Types.Status.Death, StatusDate = "2024-06-10" },
        new Freeze { State = Freeze.Types.State.Frozen, Reason = "An audit." },
    ];

    private static readonly IMessage[] Followed =
    [
        new Participation(Form.Participation())
        {
            ConsentHgrSamples = Common.V1.YesNoUnknown.No,
            ConsentCrossBorder = Common.V1.YesNoUnknown.Yes,
            ConsentWithdrawalDate = "2024-05-01",
            WithdrawalScope = Participation.Types.WithdrawalScope.FurtherCollection,
        },
        Form.History(), Form.Leukapheresis(), Form.Lymphodepletion(), Form.Infusion(),
        new Infusion(Form.Infusion()) { StartTime = Form.At("2024-06-05T02:00:00Z"), SecondInfusion = true },
        Form.Subsequent(),
    ];

    [Fact]
    public void Each_is_said_by_its_kind_and_by_no_other()
    {
        var said = Followed.Concat(Unfollowed).SelectMany(form => Said(form).Select(fact => (Kind: KindOf(form), Fact: fact))).Distinct();
        var known = FollowedFacts.ByKind.SelectMany(kind => kind.Value.Select(number => (Kind: kind.Key, Fact: number))).ToList();

        Assert.Equal(known.Order(), said.Where(pair => known.Any(one => one.Fact == pair.Fact)).Order());
    }

    [Fact]
    public void Nothing_else_is_left()
    {
        var facts = Fold([.. Followed, .. Unfollowed]);
        Assert.True(facts is { HasFreezeReason: true, HasDeathDate: true, HasLastKnownAliveDate: true, HasDispositionDate: true });

        var expected = Fold(Followed);
        expected.Revision = 0;
        Assert.Equal(expected, FollowedFacts.Of(facts));
        Assert.Equal("An audit.", facts.FreezeReason);
    }

    private static IEnumerable<int> Said(IMessage form)
    {
        var before = form is Participation ? new ParticipantFacts() : Fold(Followed[0]);
        var after = FactsFold.Add(form is Participation ? null : before, Form.Context(), form)!;
        return ParticipantFacts.Descriptor.Fields.InDeclarationOrder()
            .Where(field => !Equals(field.Accessor.GetValue(before), field.Accessor.GetValue(after)))
            .Select(field => field.FieldNumber);
    }

    private static ParticipantFacts Fold(params IMessage[] forms) =>
        forms.Aggregate(default(ParticipantFacts), (facts, form) => FactsFold.Add(facts, Form.Context(), form))!;

    private static string KindOf(IMessage form) =>
        EnrolmentRecord.Descriptor.Fields.InDeclarationOrder().Single(field => field.FieldType == FieldType.Message && field.MessageType == form.Descriptor).Name;
}
