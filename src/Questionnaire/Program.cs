using Equecel.Questionnaire;
using Equecel.Questionnaire.Completion;
using Equecel.Questionnaire.Eq5d;
using Equecel.Questionnaire.Qlq;
using Equecel.Questionnaire.Scores;
using Equecel.Questionnaire.V1;
using Equecel.Records;
using Equecel.StudyRules;

var builder = WebApplication.CreateBuilder(args);

builder.AddGrpcServiceDefaults("questionnaire");
builder.AddRecords<SubmitRecordRequest, QuestionnaireRecord, QuestionnaireRecordChange>("questionnaire", forms => forms
    .AddInHistory<QlqC30>(QlqC30Checks.Run)
    .AddInHistory<Eq5d5l>(Eq5dChecks.Run)
    .AddInHistory<Eq5d3l>(Eq5dChecks.Run)
    .AddDerived<QuestionnaireScores>(ScoreDerivation.RuleSet, ScoreDerivation.Derive)
    .Expect<QlqC30>(VisitSchedule.Questionnaires, ExpectedQuestionnaires.ReadQlqC30, QuestionnaireEnd.Of)
    .Expect<Eq5d5l>(VisitSchedule.Questionnaires, ExpectedQuestionnaires.ReadEq5d, QuestionnaireEnd.Of));

var app = builder.Build();

app.UseAuthentication();
app.MapGrpcService<QuestionnaireGrpcService>();
app.MapGrpcDefaults();

app.Run();
