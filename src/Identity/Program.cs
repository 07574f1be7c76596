using Equecel.Identity;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddTokenService();

var app = builder.Build();

app.UseGatewayScheme();
app.UseAccountTrail();
app.UseIdentityServer();
app.MapDefaultEndpoints();

app.Run();
