using System.Data.Common;
using Grpc.Core;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Equecel.ServiceDefaults.Tests;

public sealed class BackgroundFailureTests
{
    public static TheoryData<Exception, string> Failures => new()
    {
        { new Refusal("22P02", "invalid input: 1961-07-04"), "22P02" },
        { new Refusal(null, "the connection is broken"), "Refusal" },
        { new RpcException(new Status(StatusCode.Unavailable, "1961-07-04")), "Unavailable" },
        { new InvalidOperationException("1961-07-04"), "InvalidOperationException" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void A_failure_is_named_without_what_it_says(Exception failure, string expected) => Assert.Equal(expected, BackgroundFailure.NameOf(failure));

    [Fact]
    public async Task Keys_are_asked_for_again_whatever_the_failure_was()
    {
        var identity = new Flaky();
        using var keys = new SigningKeys(new Options(new JwtBearerOptions { ConfigurationManager = identity }));

        await keys.StartAsync(CancellationToken.None);
        await identity.Answered.WaitAsync(TimeSpan.FromSeconds(30));
        await keys.ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(HealthStatus.Healthy, (await keys.CheckHealthAsync(new())).Status);
    }

    private sealed class Refusal(string? sqlState, string message) : DbException(message)
    {
        public override string? SqlState => sqlState;
    }

    private sealed class Options(JwtBearerOptions options) : IOptionsMonitor<JwtBearerOptions>
    {
        public JwtBearerOptions CurrentValue => options;

        public JwtBearerOptions Get(string? name) => options;

        public IDisposable? OnChange(Action<JwtBearerOptions, string?> listener) => null;
    }

    private sealed class Flaky : IConfigurationManager<OpenIdConnectConfiguration>
    {
        private readonly TaskCompletionSource answered = new();
        private int asked;

        public Task Answered => answered.Task;

        public Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel)
        {
            if (++asked == 1)
            {
                throw new IOException();
            }

            answered.SetResult();
            return Task.FromResult(new OpenIdConnectConfiguration());
        }

        public void RequestRefresh()
        {
        }
    }
}
