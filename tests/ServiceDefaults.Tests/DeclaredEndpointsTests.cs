using System.Net;
using Equecel.Enrolment.V1;
using Equecel.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Equecel.ServiceDefaults.Tests;

/// <summary>Applications with the defaults, of which some have an endpoint that does not say who may call it.</summary>
public sealed class DeclaredEndpointsTests
{
    private readonly string address = $"http://127.0.0.1:{FreePort.Take()}";

    [Fact]
    public async Task A_service_with_an_endpoint_that_says_nothing_does_not_start_whenever_it_was_mapped()
    {
        await using var service = Service();
        service.MapGrpcDefaults();
        service.MapGet("/figures", () => "what nobody may see");

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => service.StartAsync());

        Assert.Equal("These endpoints do not declare who may call them: /figures.", refusal.Message);
    }

    [Fact]
    public async Task An_application_of_plain_HTTP_does_not_start_with_one_either()
    {
        await using var plain = Plain();
        plain.MapDefaultEndpoints();
        plain.MapPost("/figures/{kind}", () => "what nobody may see");

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => plain.StartAsync());

        Assert.Equal("These endpoints do not declare who may call them: /figures/{kind}.", refusal.Message);
    }

    [Fact]
    public async Task An_RPC_of_ours_cannot_be_opened_where_it_is_mapped()
    {
        await using var service = Service();
        service.MapGrpcService<Open>();

        var refusal = Assert.Throws<InvalidOperationException>(() => service.MapGrpcDefaults());

        Assert.Contains("/equecel.enrolment.v1.EnrolmentService/GetRecord", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_says_so_starts_and_answers()
    {
        await using var service = Service();
        service.MapGrpcService<Closed>();
        service.MapGrpcDefaults();
        service.MapGet("/open", () => "open").AllowAnonymous();
        service.MapGet("/closed", () => "closed").RequireAuthorization();
        await service.StartAsync();

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Unauthorized, HttpStatusCode.NotFound),
            (await AskAsync("/alive"), await AskAsync("/open"), await AskAsync("/closed"), await AskAsync("/nothing")));
    }

    [Fact]
    public async Task What_says_nothing_is_closed_even_where_nobody_has_looked_at_the_start()
    {
        await using var service = Service();
        service.MapGet("/figures", () => "what nobody may see");
        await service.StartAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync("/figures"));
    }

    private static WebApplicationBuilder Builder(string address)
    {
        // Away from any settings file in the current folder.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = Path.GetTempPath() });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        builder.Configuration["Drain:Pause"] = "00:00:00";
        return builder;
    }

    private WebApplication Plain()
    {
        var builder = Builder(address);
        builder.AddServiceDefaults();
        return builder.Build();
    }

    private WebApplication Service()
    {
        var builder = Builder(address);
        builder.Configuration["Identity:Issuer"] = TokenIssuer.Issuer;
        // Nobody answers there, and nobody need: no token is sent.
        builder.Configuration["Identity:Authority"] = "http://127.0.0.1:1";
        builder.AddGrpcServiceDefaults("enrolment");
        var service = builder.Build();
        service.UseAuthentication();
        return service;
    }

    private async Task<HttpStatusCode> AskAsync(string path)
    {
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative));
        return response.StatusCode;
    }

    private sealed class Closed : EnrolmentService.EnrolmentServiceBase;

    [AllowAnonymous]
    private sealed class Open : EnrolmentService.EnrolmentServiceBase;
}
