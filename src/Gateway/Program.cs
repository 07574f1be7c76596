using Equecel.Gateway;
using Equecel.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddTokenAuthentication(audience: null);
builder.AddCallLimits();
builder.AddTls();
builder.AddRoutes();

var app = builder.Build();

app.UseDrain();
app.UseGrpcRefusals();
app.UseRefusalLimit();
app.UseRefusedCallsLog();
app.UseTrustedHeadersOnly();
app.UseAuthentication();
app.UseAuthorization();
app.UseRateLimiter();
app.MapDefaultEndpoints();
app.MapRoutes();

app.Run();
