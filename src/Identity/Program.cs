using Equecel.Identity;
using Equecel.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddTokenService();

var app = builder.Build();

app.UseDrain();
app.UseGatewayScheme();
app.UseAccountTrail();
app.UseIdentityServer();
app.MapDefaultEndpoints();

app.Run();
