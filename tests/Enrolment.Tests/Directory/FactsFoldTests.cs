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
                Sex = Sex.Female,
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
    public void The_way_to_the_infusion_and_what_follows_is_known()
    {
        var second = Form.Lymphodepletion();
        second.SecondInfusion = true;
        second.Doses[0].DoseDate = "2024-05-30";
        var again = Form.Infusion();
        (again.StartTime, again.SecondInfusion) = (Form.At("2024-06-05T02:00:00Z"), true);
        IMessage[] rest =
        [
            Form.Leukapheresis("2024-01-25"), Form.Leukapheresis(), Form.Lymphodepletion(), second, Form.Infusion(), again,
            Form.Subsequent("2024-06-20"), Form.Subsequent(), Form.History(), Form.Bridging(), Form.Line(), Form.Cytogenetics(), Form.Eligibility(),
        ];
        var facts = Fold([Form.Participation(), .. rest])!;

        Assert.Equal(
            ("2024-01-20", "2024-02-25", "2024-02-27", "2024-03-01", "2024-06-05", "2024-06-10"),
            (facts.LeukapheresisDate, facts.LymphodepletionStartDate, facts.LymphodepletionEndDate, facts.InfusionDate, facts.SecondInfusionDate, facts.NewTherapyDate));
        Assert.Equal(
            (MyelomaHistory.Types.HeavyChain.Igg, MyelomaHistory.Types.LightChain.Kappa, "2019-05"), (facts.HeavyChain, facts.LightChain, facts.DiagnosisDate));
        Assert.Equal(facts, Fold([Form.Participation(), .. Enumerable.Reverse(rest)]));
    }

    [Fact]
    public void The_latest_follow_up_tells_how_the_participant_stands_and_any_tells_the_death()
    {
        var death = Form.FollowUp("2024-06-08");
        (death.Status, death.StatusDate, death.LastContactDate) = (FollowUp.Types.Status.Death, "2024-06-10", "2024-06-09");
        var late = Form.FollowUp();
        (late.Status, late.StatusDate) = (FollowUp.Types.Status.Other, "2024-06-20");
        IMessage[] rest = [Form.FollowUp(), death, late];
        var facts = Fold([Form.Participation(), .. rest])!;

        Assert.Equal(
            (FollowUp.Types.Status.Other, "2024-06-20", "2024-06-10", "2024-06-08", "2024-06-09"),
            (facts.Disposition, facts.DispositionDate, facts.DeathDate, facts.LastKnownAliveDate, facts.LastContactDate));
        Assert.Equal(facts, Fold([Form.Participation(), .. Enumerable.Reverse(rest)]));
    }

    [Fact]
    public void Consent_and_its_withdrawal_are_known()
    {
        var form = Form.Participation();
        (form.ConsentHgrSamples, form.ConsentCrossBorder) = (Common.V1.YesNoUnknown.No, Common.V1.YesNoUnknown.Yes);
        (form.ConsentWithdrawalDate, form.WithdrawalScope) = ("2024-05-01", WithdrawalScope.AlsoQolOnly);
        var facts = Fold(form)!;

        Assert.Equal((Common.V1.YesNoUnknown.No, Common.V1.YesNoUnknown.Yes), (facts.ConsentHgrSamples, facts.ConsentCrossBorder));
        Assert.Equal(("2024-05-01", "", WithdrawalScope.AlsoQolOnly), (facts.QuestionnaireEndDate, facts.CollectionEndDate, facts.WithdrawalScope));
    }

    [Fact]
    public void A_site_tells_its_ranges_of_lactate_dehydrogenase()
    {
        var site = Form.Site();
        site.LaboratoryRanges.Add([Form.Range(Site.Types.LaboratoryTest.Ldh), Form.Range(Site.Types.LaboratoryTest.Ast)]);

        Assert.Equal(Site.Types.LaboratoryTest.Ldh, Assert.Single(Fold(site)!.LaboratoryRanges).Test);
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

    [Fact]
    public void A_freeze_gives_its_reason_until_it_is_thawed()
    {
        var frozen = Fold(Form.Participation(), new Freeze { State = Freeze.Types.State.Frozen, Reason = "An audit." })!;

        Assert.Equal("An audit.", frozen.FreezeReason);
        Assert.False(FactsFold.Add(frozen, Form.Context(), new Freeze { State = Freeze.Types.State.Thawed, Reason = "Over." })!.HasFreezeReason);
    }

    [Theory]
    [InlineData("Own", "Site", "Own")]
    [InlineData("Own", "", "Own")]
    [InlineData("", "Site", "Site")]
    [InlineData("", "", "")]
    public void A_participants_own_freeze_comes_before_its_sites(string own, string site, string expected) =>
        Assert.Equal(expected, FactsFold.InSite(Facts(own), Facts(site)).FreezeReason);

    private static ParticipantFacts Facts(string freeze)
    {
        var facts = new ParticipantFacts { Participant = "01-0001" };
        if (freeze.Length > 0)
        {
            facts.FreezeReason = freeze;
        }

        return facts;
    }

    private static ParticipantFacts? Fold(params IMessage[] forms) =>
        forms.Aggregate(default(ParticipantFacts), (facts, form) => FactsFold.Add(facts, Form.Context(), form));
}
