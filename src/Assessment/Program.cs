using Equecel.Assessment.DiseaseAssessments;
using Equecel.Assessment.DiseaseAssessments.Imwg;
using Equecel.Assessment.V1;
using Equecel.Records;
using Equecel.Records.Rpcs;

var builder = WebApplication.CreateBuilder(args);

builder.AddGrpcServiceDefaults("assessment");
builder.AddRecords<SubmitRecordRequest, AssessmentRecord, AssessmentRecordChange>("assessment", forms => forms
    .AddInHistory<DiseaseAssessment>(DiseaseAssessmentChecks.Run)
    .AddDerived<ComputedResponse>(ResponseCourse.RuleSet, ResponseDerivation.Derive));

var app = builder.Build();

app.UseAuthentication();
app.MapGrpcService<CaptureGrpcService>();
app.MapGrpcDefaults();

app.Run();
