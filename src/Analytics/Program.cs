using Equecel.Analytics;

var builder = WebApplication.CreateBuilder(args);

builder.AddGrpcServiceDefaults("analytics");
builder.AddCohort();
builder.AddSnapshots();
builder.AddIngestion();
builder.AddCrossChecks();
builder.AddOperations();

var app = builder.Build();

app.UseAuthentication();
app.MapGrpcService<AnalyticsGrpcService>();
app.MapGrpcDefaults();

app.Run();
