using Equecel.Records;
using Equecel.Safety;
using Equecel.Safety.AdverseEvents;
using Equecel.Safety.CrossChecks;
using Equecel.Safety.Deaths;
using Equecel.Safety.HospitalStays;
using Equecel.Safety.Reporting;
using Equecel.Safety.ResourceUse;
using Equecel.Safety.SecondaryMalignancies;
using Equecel.Safety.Toxicities;
using Equecel.Safety.V1;

var builder = WebApplication.CreateBuilder(args);
var reporting = ReportingRules.Parse(builder.Configuration["Safety:ReportingRules"]);

builder.AddGrpcServiceDefaults("safety");
builder.AddRecords<SubmitRecordRequest, SafetyRecord, SafetyRecordChange>("safety", forms => forms
    .AddInHistory<AdverseEvent>(AdverseEventChecks.Run)
    .AddInHistory<ToxicityDay>(ToxicityDayChecks.Run)
    .AddInHistory<HospitalStay>(HospitalStayChecks.Run)
    .AddInHistory<HealthcareEncounter>(HealthcareEncounterChecks.Run)
    .AddInHistory<Prescription>(PrescriptionChecks.Run)
    .AddInHistory<Transfusion>(BloodProductChecks.Run)
    .AddInHistory<ImmunoglobulinInfusion>(BloodProductChecks.Run)
    .AddInHistory<SecondaryMalignancy>(SecondaryMalignancyChecks.Run)
    .AddOnlyOne<Death>(DeathChecks.Run, _ => "death", inHistory: true)
    .AddDerived<ToxicityGrade>(ToxicityGradeDerivation.RuleSet, ToxicityGradeDerivation.Derive, from: ["toxicity_day", "adverse_event"])
    .AddDerived<ReportingClock>(reporting.Name, ReportingDerivation.By(reporting), from: ["adverse_event"], historyOf: "adverse_event")
    .AddDerived<CrossCheck>(CrossCheckDerivation.RuleSet, CrossCheckDerivation.Derive));
builder.Services.AddSingleton<DueReports>();

var app = builder.Build();

app.UseAuthentication();
app.MapGrpcService<SafetyGrpcService>();
app.MapGrpcDefaults();

app.Run();
