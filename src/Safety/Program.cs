using Equecel.Enrolment.V1;
using Equecel.Records;
using Equecel.Safety;
using Equecel.Safety.Deaths;
using Equecel.Safety.Directory;
using Equecel.Safety.V1;
using SubmitRecordRequest = Equecel.Safety.V1.SubmitRecordRequest;

var builder = WebApplication.CreateBuilder(args);

builder.AddGrpcServiceDefaults("safety");
builder.AddServiceClient<EnrolmentService.EnrolmentServiceClient>("enrolment");
builder.AddDirectoryCache();
builder.AddRecords<SubmitRecordRequest, SafetyRecord, SafetyRecordChange, ParticipantDirectory>("safety", forms => forms
    .AddOnlyOne<Death>(DeathChecks.Run, _ => "death"));

var app = builder.Build();

app.UseAuthentication();
app.MapGrpcService<SafetyGrpcService>();
app.MapGrpcDefaults();

app.Run();
