using Equecel.Records;
using Equecel.Records.Rpcs;
using Equecel.Safety.Deaths;
using Equecel.Safety.V1;

var builder = WebApplication.CreateBuilder(args);

builder.AddGrpcServiceDefaults("safety");
builder.AddRecords<SubmitRecordRequest, SafetyRecord, SafetyRecordChange>("safety", forms => forms
    .AddOnlyOne<Death>(DeathChecks.Run, _ => "death"));

var app = builder.Build();

app.UseAuthentication();
app.MapGrpcService<CaptureGrpcService>();
app.MapGrpcDefaults();

app.Run();
