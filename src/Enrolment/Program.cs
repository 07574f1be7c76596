using Equecel.Enrolment;
using Equecel.Enrolment.Directory;
using Equecel.Enrolment.FollowUps;
using Equecel.Enrolment.Infusions;
using Equecel.Enrolment.Participations;
using Equecel.Enrolment.Sites;
using Equecel.Enrolment.V1;
using Equecel.Records;
using Equecel.Records.Forms;

var builder = WebApplication.CreateBuilder(args);

builder.AddGrpcServiceDefaults("enrolment");
builder.AddRecords<SubmitRecordRequest, EnrolmentRecord, EnrolmentRecordChange, EnrolledParticipants>("enrolment", forms => forms
    .AddSite<Site>(SiteChecks.Run, site => site.SiteCode)
    .AddOnlyOne<Participation>(ParticipationChecks.Run, _ => "participation", FormSubject.Enrolment)
    .AddOnlyOne<Infusion>(InfusionChecks.Run, infusion => infusion.SecondInfusion ? "second infusion" : "first infusion")
    .Add<FollowUp>(FollowUpChecks.Run));

var app = builder.Build();

app.UseAuthentication();
app.MapGrpcService<EnrolmentGrpcService>();
app.MapGrpcDefaults();

app.Run();
