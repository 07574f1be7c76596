using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.Running;

namespace Equecel.Compat.Tests.Hosting;

public sealed class RefusalTests
{
    [Fact]
    public async Task A_second_host_on_the_same_data_folder_is_refused()
    {
        await using var host = SampleHost.Start();
        await host.UntilReadyAsync();

        var second = SampleHost.Start(dataFolder: host.DataFolder);

        Assert.Equal(1, await second.ExitAsync());
        Assert.Equal(
            $"The application already runs on the data folder {host.DataFolder}: stop it, or choose another folder with EQUECEL_DATA.", second.Output.Trim());
        Assert.True((await host.GetAsync()).Ready);
    }

    [Fact]
    public async Task A_fixed_port_that_is_taken_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        await using var host = SampleHost.Start(variables: $"SECOND_PORT={port}");

        Assert.Equal(1, await host.ExitAsync());
        Assert.Equal(
            $"Port {port}, endpoint 'http' of 'second', is in use: stop the program that has it, or configure another port.", host.Output.Trim());
    }

    [Fact]
    public async Task A_parameter_without_a_value_stops_everything_and_is_named()
    {
        await using var host = SampleHost.Start("unset");
        Assert.Equal(1, await host.ExitAsync());
        Assert.Contains("Parameter 'unset' has no value: set Parameters__unset in the environment.", host.Output, StringComparison.Ordinal);
        Assert.Contains("first      stopped properly", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_server_is_named_with_its_package()
    {
        var refusal = Assert.Throws<DistributedApplicationException>(() => ServerProgram.Find("no-such-server", "redis-server", "/usr/bin"));
        Assert.Equal("no-such-server is not installed: install the Debian package redis-server.", refusal.Message);
    }

    [Theory]
    [InlineData("two", "Two", "There are two resources named 'Two': rename one.")]
    public void A_name_is_given_once(string first, string second, string message)
    {
        var builder = DistributedApplication.CreateBuilder([]);
        builder.AddParameter(first);
        Assert.Equal(message, Assert.Throws<DistributedApplicationException>(() => builder.AddParameter(second)).Message);
    }

    [Fact]
    public void A_project_that_does_not_exist_is_named()
    {
        var builder = DistributedApplication.CreateBuilder([]);
        var refusal = Assert.Throws<DistributedApplicationException>(() => builder.AddProject("missing", "/no/such.csproj", _ => { }));
        Assert.Equal("The project of resource 'missing' does not exist: /no/such.csproj.", refusal.Message);
    }
}
