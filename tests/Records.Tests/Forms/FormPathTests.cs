using Equecel.Enrolment.V1;
using Equecel.Records.Forms;

namespace Equecel.Records.Tests.Forms;

public sealed class FormPathTests
{
    [Theory]
    [InlineData("height_cm", true)]
    [InlineData("heightCm", false)]
    [InlineData("", false)]
    [InlineData("height_cm[0]", false)]
    [InlineData("height_cm.value", false)]
    [InlineData("comorbidities", true)]
    [InlineData("comorbidities[2]", true)]
    [InlineData("comorbidities[2].term", true)]
    [InlineData("comorbidities[2].nothing", false)]
    [InlineData("comorbidities[]", false)]
    [InlineData("comorbidities[-1]", false)]
    [InlineData("comorbidities[1", false)]
    [InlineData("comorbidities[2].", false)]
    public void A_path_names_a_field_of_the_form(string path, bool expected) =>
        Assert.Equal(expected, FormPath.IsIn(Participation.Descriptor, path));
}
