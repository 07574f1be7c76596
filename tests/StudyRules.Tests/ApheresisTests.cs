using System.Globalization;
using Equecel.Enrolment.V1;
using static Equecel.Enrolment.V1.Leukapheresis.Types;

namespace Equecel.StudyRules.Tests;

/// <summary>Infused on 15 January 2024.</summary>
public sealed class ApheresisTests
{
    private static readonly DateOnly Infusion = new(2024, 1, 15);

    [Theory]
    [InlineData("2023-10-01 Success, 2023-11-20 Success", "2023-11-20")]
    [InlineData("2023-10-01 Success, 2023-11-20 Failed", "2023-10-01")]
    [InlineData("2023-10-01 Success, 2023-11-20 Unspecified", "2023-10-01")]
    [InlineData("2023-10-01 Repeated, 2023-11-20 Unspecified", "2023-11-20")]
    [InlineData("2023-11-20 Failed", null)]
    [InlineData("2023-11-20 Success, 2024-03-01 Success", "2023-11-20")]
    [InlineData("", null)]
    public void Product_is_of_the_last_collection_that_can_have_given_it(string collections, string? expected)
    {
        Apheresis[] all = [.. collections.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(Parse)];

        Assert.Equal(expected, Apheresis.ProductDateOf(all, Infusion)?.ToString("O", CultureInfo.InvariantCulture));
        Assert.Equal(Apheresis.ProductDateOf(all, Infusion), Apheresis.ProductDateOf(all.Reverse(), Infusion));
    }

    [Fact]
    public void Vein_to_vein_is_from_there_to_the_infusion()
    {
        Apheresis[] all = [Parse("2023-10-01 Failed"), Parse("2023-11-20 Success")];

        Assert.Equal(56, Apheresis.VeinToVeinDays(all, Infusion));
        Assert.Null(Apheresis.VeinToVeinDays(all, infusion: null));
        Assert.Null(Apheresis.VeinToVeinDays(all[..1], Infusion));
    }

    private static Apheresis Parse(string text) => Apheresis.Of(
        DateOnly.ParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture), new Leukapheresis { CollectionOutcome = Enum.Parse<CollectionOutcome>(text[11..]) });
}
