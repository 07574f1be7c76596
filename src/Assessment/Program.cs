using Equecel.Assessment;
using Equecel.Assessment.DiseaseAssessments;
using Equecel.Assessment.DiseaseAssessments.Imwg;
using Equecel.Assessment.V1;
using Equecel.Records;
using Equecel.StudyRules;

var builder = WebApplication.CreateBuilder(args);

builder.AddGrpcServiceDefaults("assessment");
builder.AddRecords<SubmitRecordRequest, AssessmentRecord, AssessmentRecordChange>("assessment", forms => forms
    .AddInHistory<DiseaseAssessment>(DiseaseAssessmentChecks.Run)
    .Expect<DiseaseAssessment>(VisitSchedule.ResponseTests, Visits.Read)
    .AddDerived<ComputedResponse>(ResponseCourse.RuleSet, ResponseDerivation.Derive));

var app = builder.Build();

app.UseAuthentication();
app.MapGrpcService<AssessmentGrpcService>();
app.MapGrpcDefaults();

app.Run();
