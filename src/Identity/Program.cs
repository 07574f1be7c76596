using Equecel.Identity;

var builder = WebApplication.CreateBuilder(args);

builder.AddTokenService();

var app = builder.Build();

app.UseGatewayScheme();
app.UseIdentityServer();
app.MapGet("/health", () => "Healthy");
app.MapGet("/alive", () => "Healthy");

app.Run();
