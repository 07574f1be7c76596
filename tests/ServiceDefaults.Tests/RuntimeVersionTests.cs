namespace Equecel.ServiceDefaults.Tests;

public sealed class RuntimeVersionTests
{
    [Theory]
    [InlineData("10.0.4", true)]
    [InlineData("10.0.12", true)]
    [InlineData("11.0.0", true)]
    [InlineData("10.0.3", false)]
    [InlineData("10.0.0", false)]
    [InlineData("9.0.14", false)]
    public void A_runtime_with_a_known_denial_of_service_is_refused(string version, bool serves)
    {
        var fault = RuntimeVersion.FindFault(new Version(version));
        Assert.Equal(serves ? null : $"The .NET runtime {version} has a known remote denial of service. Install 10.0.4 or a newer one.", fault);
    }
}
