using Equecel.Enrolment.Directory;
using Equecel.Enrolment.V1;
using Google.Protobuf;
using static Equecel.Enrolment.V1.Participation.Types;

namespace Equecel.Enrolment.Tests.Directory;

public sealed class FactsFoldTests
{
    [Fact]
    public void A_participation_makes_a_participant()
    {
        var facts = Fold(Form.Participation())!;

        Assert.Equal(
            new ParticipantFacts
            {
                Participant = "01-0001",
                Site = "01",
                Origin = Common.V1.DataOrigin.Prospective,
                BirthYearMonth = "1960-05",
                ConsentDate = "2024-01-10",
                EnrolmentDate = "2024-01-11",
                BodyMassKg = 60,
                Revision = 1,
            },
            facts);
    }

    [Fact]
    public void Nothing_is_known_before_it() => Assert.Null(Fold(Form.Infusion(), Form.FollowUp()));

    [Fact]
    public void What_comes_after_it_counts_in_any_order()
    {
        var later = Form.Infusion();
        later.StartTime = Form.At("2024-04-01T00:00:00Z");
        IMessage[] rest = [later, Form.Infusion(), Form.FollowUp("2024-06-01"), Form.FollowUp("2024-05-01")];
        var expected = Fold([Form.Participation(), .. rest])!;

        Assert.Equal(("2024-03-01", "2024-06-01", 5L), (expected.InfusionDate, expected.LastKnownAliveDate, expected.Revision));
        Assert.Equal(expected, Fold([Form.Participation(), .. Enumerable.Reverse(rest)]));
    }

    [Theory]
    [InlineData(WithdrawalScope.FurtherCollection, "2024-05-01", "2024-05-01")]
    [InlineData(WithdrawalScope.AlsoSamples, "2024-05-01", "2024-05-01")]
    [InlineData(WithdrawalScope.AlsoQolOnly, "", "2024-05-01")]
    public void Collection_ends_with_withdrawal_unless_only_questionnaires_do(WithdrawalScope scope, string all, string questionnaires)
    {
        var form = Form.Participation();
        (form.ConsentWithdrawalDate, form.WithdrawalScope) = ("2024-05-01", scope);

        Assert.Equal((all, questionnaires), Fold(form) is { } facts ? (facts.CollectionEndDate, facts.QuestionnaireEndDate) : default);
    }

    [Fact]
    public void What_is_not_on_the_form_is_not_known()
    {
        var facts = Fold(new Participation { EnrolmentDate = "2024-01-11" })!;

        Assert.False(facts.HasBirthYearMonth || facts.HasConsentDate || facts.HasBodyMassKg || facts.HasCollectionEndDate || facts.HasInfusionDate);
    }

    [Fact]
    public void What_is_known_already_stays_as_it_was()
    {
        var before = Fold(Form.Participation())!;
        var copy = before.Clone();
        FactsFold.Add(before, Form.Context(), Form.Infusion());

        Assert.Equal(copy, before);
    }

    private static ParticipantFacts? Fold(params IMessage[] forms) =>
        forms.Aggregate(default(ParticipantFacts), (facts, form) => FactsFold.Add(facts, Form.Context(), form));
}
