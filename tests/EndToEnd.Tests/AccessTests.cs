using Equecel.Client;
using Equecel.Common.V1;
using Equecel.EndToEnd.Tests.Running;
using Equecel.Enrolment.V1;
using Equecel.Records.V1;
using Equecel.Safety.V1;
using Grpc.Core;

namespace Equecel.EndToEnd.Tests;

/// <summary>The system of site 02 and the records of site 01, through the gateway and past it, in every RPC that there is.</summary>
[Collection(SharedStudy.Name)]
public sealed class AccessTests(StudyPlatform study)
{
    private const string Other = StudyPlatform.Participant;
    private const string OwnSite = "02";

    public static TheoryData<string, bool> EnrolmentRpcs => Rpcs(EnrolmentService.Descriptor);

    public static TheoryData<string, bool> SafetyRpcs => Rpcs(SafetyService.Descriptor);

    public static TheoryData<string, bool> AnalyticsRpcs => Rpcs(Analytics.V1.AnalyticsService.Descriptor);

    [Theory]
    [MemberData(nameof(EnrolmentRpcs))]
    public async Task Enrolment_keeps_a_site_from_the_records_of_another(string rpc, bool direct)
    {
        using var site = study.Platform.Client("site-02", await study.AddressAsync("enrolment", direct));
        var enrolment = site.Enrolment;
        var record = study.Participation.Header;
        switch (rpc)
        {
            case "SubmitRecord":
                await IsRefusedAsync("OTHER_SITE", async () => await enrolment.SubmitRecordAsync(Submission("01-9002")));
                await IsRefusedAsync("OTHER_SITE", async () => await enrolment.SubmitRecordAsync(Amendment(Submission(Other), record)));
                await IsRefusedAsync("RECORD_NOT_FOUND", async () => await enrolment.SubmitRecordAsync(Amendment(Submission("02-0001"), record)));
                await IsRefusedAsync("OTHER_SITE", async () => await enrolment.SubmitRecordAsync(new()
                {
                    Header = new() { RequestId = NewId(), Origin = DataOrigin.Prospective },
                    Site = new() { SiteCode = "01" },
                }));
                break;
            case "ImportRecords":
                await AreRefusedAsync(site.ImportAsync(new[] { Submission("01-9002"), Amendment(Submission(Other), record) }.ToAsyncEnumerable()), "OTHER_SITE");
                break;
            case "RetractRecord":
                await IsRefusedAsync("RECORD_NOT_FOUND", async () => await enrolment.RetractRecordAsync(Retraction(record)));
                break;
            case "GetRecord":
                await IsRefusedAsync("RECORD_NOT_FOUND", async () => await enrolment.GetRecordAsync(new() { RecordId = record.RecordId }));
                break;
            case "ListRecords":
                await IsRefusedAsync("OTHER_SITE", async () => await enrolment.ListRecordsAsync(new() { Participant = Other }));
                var page = await enrolment.ListRecordsAsync(new() { PageSize = 500, IncludeRetracted = true });
                Assert.All(page.Records, seen => Assert.Equal(OwnSite, seen.Header.Site));
                Assert.NotEmpty(page.Records);
                break;
            case "ListVersions":
                await IsRefusedAsync("RECORD_NOT_FOUND", async () => await enrolment.ListVersionsAsync(new() { RecordId = record.RecordId }));
                break;
            case "WatchRecords":
                var sites = await site.WatchEnrolmentAsync(untilCaughtUp: true).Select(change => change.Record?.Header.Site ?? OwnSite).Distinct().ToListAsync();
                Assert.Equal([OwnSite], sites);
                break;
            case "VerifyJournal":
                await IsRefusedAsync("SCOPE_MISSING", async () => await enrolment.VerifyJournal(new()).ResponseStream.MoveNext(default));
                break;
            case "LookUpParticipants":
                await IsRefusedAsync("SCOPE_MISSING", async () => await enrolment.LookUpParticipantsAsync(new() { Participants = { Other } }));
                break;
            default:
                Assert.Fail($"Say here what keeps a site from the records of another in {rpc}.");
                break;
        }
    }

    [Theory]
    [MemberData(nameof(SafetyRpcs))]
    public async Task Safety_keeps_a_site_from_the_records_of_another(string rpc, bool direct)
    {
        using var site = study.Platform.Client("site-02", await study.AddressAsync("safety", direct));
        using var owner = study.Platform.Client("site-01");
        var safety = site.Safety;
        var record = (await owner.Safety.ListRecordsAsync(new() { PageSize = 1 })).Records[0].Header;
        switch (rpc)
        {
            case "SubmitRecord":
                await IsRefusedAsync("OTHER_SITE", async () => await safety.SubmitRecordAsync(Death(Other)));
                await IsRefusedAsync("OTHER_SITE", async () => await safety.SubmitRecordAsync(Amendment(Death(record.Participant), record)));
                await IsRefusedAsync("RECORD_NOT_FOUND", async () => await safety.SubmitRecordAsync(Amendment(Death("02-0001"), record)));
                break;
            case "ImportRecords":
                await AreRefusedAsync(site.ImportAsync(new[] { Death(Other), Amendment(Death(record.Participant), record) }.ToAsyncEnumerable()), "OTHER_SITE");
                break;
            case "RetractRecord":
                await IsRefusedAsync("RECORD_NOT_FOUND", async () => await safety.RetractRecordAsync(Retraction(record)));
                break;
            case "GetRecord":
                await IsRefusedAsync("RECORD_NOT_FOUND", async () => await safety.GetRecordAsync(new() { RecordId = record.RecordId }));
                break;
            case "ListRecords":
                await IsRefusedAsync("OTHER_SITE", async () => await safety.ListRecordsAsync(new() { Participant = record.Participant }));
                var page = await safety.ListRecordsAsync(new() { PageSize = 500, IncludeRetracted = true });
                Assert.All(page.Records, seen => Assert.Equal(OwnSite, seen.Header.Site));
                Assert.NotEmpty(page.Records);
                break;
            case "ListVersions":
                await IsRefusedAsync("RECORD_NOT_FOUND", async () => await safety.ListVersionsAsync(new() { RecordId = record.RecordId }));
                break;
            case "WatchRecords":
                var sites = await site.WatchSafetyAsync(untilCaughtUp: true).Select(change => change.Record?.Header.Site ?? OwnSite).Distinct().ToListAsync();
                Assert.Equal([OwnSite], sites);
                break;
            case "VerifyJournal":
                await IsRefusedAsync("SCOPE_MISSING", async () => await safety.VerifyJournal(new()).ResponseStream.MoveNext(default));
                break;
            default:
                Assert.Fail($"Say here what keeps a site from the records of another in {rpc}.");
                break;
        }
    }

    [Theory]
    [MemberData(nameof(AnalyticsRpcs))]
    public async Task Analytics_answers_no_site(string rpc, bool direct)
    {
        using var site = study.Platform.Client("site-02", await study.AddressAsync("analytics", direct));

        // A site's token is not meant for Analytics at all.
        await IsRefusedAsync("TOKEN_NOT_ACCEPTED", rpc switch
        {
            "GetSurvivalCurve" => async () => await site.Analytics.GetSurvivalCurveAsync(new() { Endpoint = Analytics.V1.Endpoint.OverallSurvival }),
            "ListWitnessedHashes" => async () => await site.Analytics.ListWitnessedHashes(new() { Service = "safety" }).ResponseStream.MoveNext(default),
            _ => throw new InvalidOperationException($"Say here how {rpc} is called."),
        });
    }

    private static TheoryData<string, bool> Rpcs(Google.Protobuf.Reflection.ServiceDescriptor service)
    {
        var data = new TheoryData<string, bool>();
        foreach (var method in service.Methods)
        {
            data.Add(method.Name, false);
            data.Add(method.Name, true);
        }

        return data;
    }

    private static async Task IsRefusedAsync(string reason, Func<Task> call)
    {
        var problem = RpcProblem.Of(await Assert.ThrowsAsync<RpcException>(call));
        Assert.Equal(reason, problem.Reason);
        Assert.Equal(
            reason switch
            {
                "RECORD_NOT_FOUND" => StatusCode.NotFound,
                "TOKEN_NOT_ACCEPTED" => StatusCode.Unauthenticated,
                _ => StatusCode.PermissionDenied,
            },
            problem.Code);
    }

    private static async Task AreRefusedAsync(IAsyncEnumerable<ImportVerdict> verdicts, string reason)
    {
        var all = await verdicts.ToListAsync();
        Assert.Equal(2, all.Count);
        Assert.All(all, verdict =>
        {
            Assert.Equal(ImportOutcome.Refused, verdict.Outcome);
            Assert.Equal((int)StatusCode.PermissionDenied, verdict.StatusCode);
            Assert.Equal(reason, verdict.ErrorReason);
            Assert.Empty(verdict.RecordId);
        });
    }

    private static Enrolment.V1.SubmitRecordRequest Submission(string participant) => new()
    {
        Header = new() { RequestId = NewId(), Participant = participant, Origin = DataOrigin.Prospective },
        Participation = StudyPlatform.ParticipationForm(),
    };

    private static Safety.V1.SubmitRecordRequest Death(string participant) => new()
    {
        Header = new() { RequestId = NewId(), Participant = participant, Origin = DataOrigin.Retrospective },
        Death = new()
        {
            DeathDate = "2025-06",
            PrimaryCause = Safety.V1.Death.Types.Cause.Unknown,
            CauseText = "not known",
            Causality = Causality.NotAssessable,
            Autopsy = YesNoUnknown.No,
        },
    };

    private static Enrolment.V1.SubmitRecordRequest Amendment(Enrolment.V1.SubmitRecordRequest submission, RecordHeader record)
    {
        Amend(submission.Header, record);
        return submission;
    }

    private static Safety.V1.SubmitRecordRequest Amendment(Safety.V1.SubmitRecordRequest submission, RecordHeader record)
    {
        Amend(submission.Header, record);
        return submission;
    }

    private static void Amend(SubmissionHeader header, RecordHeader record)
    {
        header.RecordId = record.RecordId;
        header.ExpectedVersion = record.Version;
        header.Reason = "to see what happens";
    }

    private static RetractRecordRequest Retraction(RecordHeader record) => new()
    {
        RequestId = NewId(),
        RecordId = record.RecordId,
        ExpectedVersion = record.Version,
        Reason = "to see what happens",
    };

    private static string NewId() => Guid.NewGuid().ToString();
}
