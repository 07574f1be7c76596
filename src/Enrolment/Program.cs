using Equecel.Enrolment;
using Equecel.Enrolment.BaselineProfiles;
using Equecel.Enrolment.BridgingTherapies;
using Equecel.Enrolment.CytogeneticSamples;
using Equecel.Enrolment.Directory;
using Equecel.Enrolment.Eligibilities;
using Equecel.Enrolment.FollowUps;
using Equecel.Enrolment.Infusions;
using Equecel.Enrolment.Leukaphereses;
using Equecel.Enrolment.Lymphodepletions;
using Equecel.Enrolment.MyelomaHistories;
using Equecel.Enrolment.Participations;
using Equecel.Enrolment.PriorLines;
using Equecel.Enrolment.Sites;
using Equecel.Enrolment.SubsequentTherapies;
using Equecel.Enrolment.V1;
using Equecel.Records;
using Equecel.Records.Forms;

var builder = WebApplication.CreateBuilder(args);

builder.AddGrpcServiceDefaults("enrolment");
builder.AddRecords<SubmitRecordRequest, EnrolmentRecord, EnrolmentRecordChange, EnrolledParticipants>("enrolment", forms => forms
    .AddSite<Site>(SiteChecks.Run, site => site.SiteCode)
    .AddOnlyOne<Participation>(ParticipationChecks.Run, _ => "participation", FormSubject.Enrolment)
    .AddOnlyOne<Eligibility>(EligibilityChecks.Run, _ => "eligibility")
    .AddOnlyOne<MyelomaHistory>(MyelomaHistoryChecks.Run, _ => "myeloma history")
    .Add<Cytogenetics>(CytogeneticsChecks.Run)
    .AddInHistory<PriorLine>(PriorLineChecks.Run)
    .AddInHistory<Leukapheresis>(LeukapheresisChecks.Run)
    .AddInHistory<Bridging>(BridgingChecks.Run)
    .AddOnlyOne<Lymphodepletion>(LymphodepletionChecks.Run, form => form.SecondInfusion ? "second lymphodepletion" : "first lymphodepletion", inHistory: true)
    .AddOnlyOne<Infusion>(InfusionChecks.Run, infusion => infusion.SecondInfusion ? "second infusion" : "first infusion", inHistory: true)
    .Add<SubsequentTherapy>(SubsequentTherapyChecks.Run)
    .AddInHistory<FollowUp>(FollowUpChecks.Run)
    .AddDerived<BaselineProfile>(ProfileDerivation.RuleSet, ProfileDerivation.Derive, ProfileDerivation.From));

var app = builder.Build();

app.UseAuthentication();
app.MapGrpcService<EnrolmentGrpcService>();
app.MapGrpcDefaults();

app.Run();
