using Equecel.Cli.Common;
using Equecel.Cli.Study;
using Equecel.Safety.V1;
using Google.Protobuf;
using static Equecel.Safety.V1.AdverseEvent.Types;
using Response = Equecel.Assessment.V1.Response;

namespace Equecel.Cli.Tests.Study;

public sealed class SyntheticStudyTests
{
    private const long Seed = 2026;
    private const int Usual = 120;
    private const int Many = 5000;

    private static readonly IReadOnlyList<Course> Courses = [.. Enumerable.Range(0, Many).Select(number => Course.Of(Seed, number)).Where(course => course.IsInfused)];
    private static readonly IReadOnlyList<StudyRow> UsualRows = [.. Enumerable.Range(0, Usual).SelectMany(new SyntheticStudy(Seed).FormsOf)];

    // The kinds of special interest of the events of each of many participants.
    private static readonly Lazy<IReadOnlyList<HashSet<SpecialInterest>>> Kinds = new(() =>
    [
        .. Enumerable.Range(0, 2000).Select(number => new SyntheticStudy(Seed).FormsOf(number)
            .Select(row => (row.Request as SubmitRecordRequest)?.AdverseEvent?.SpecialInterest).OfType<SpecialInterest>().ToHashSet()),
    ]);

    [Fact]
    public void The_same_seed_gives_the_same_forms_whatever_was_made_before()
    {
        var one = new SyntheticStudy(Seed);
        _ = one.FormsOf(17);

        Assert.Equal(Bytes(one.FormsOf(41)), Bytes(new SyntheticStudy(Seed).FormsOf(41)));
        Assert.NotEqual(Bytes(one.FormsOf(41)), Bytes(new SyntheticStudy(Seed + 1).FormsOf(41)));
    }

    [Fact]
    public void Every_form_of_every_service_occurs()
    {
        var occurring = UsualRows.Concat(StudySite.All.SelectMany(new SyntheticStudy(Seed).FormsOf))
            .Select(row => (row.Service, row.Request.Descriptor.Oneofs.Single(oneof => oneof.Name == "form").Accessor.GetCaseFieldDescriptor(row.Request).Name)).ToHashSet();

        Assert.All(
            CaptureService.All.SelectMany(service => service.Forms.Select(form => (service.Name, form.Name))),
            form => Assert.Contains(form, occurring));
    }

    [Fact]
    public void Every_row_has_a_request_id_of_its_own()
    {
        var ids = UsualRows.Select(row => row.Header.RequestId).ToList();

        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(ids, id => Assert.True(Guid.TryParse(id, out _)));
    }

    [Fact]
    public void Sites_and_participants_are_none_of_the_archives()
    {
        Assert.Equal(12, UsualRows.Select(row => row.Header.Participant[..2]).Distinct().Count());
        Assert.All(StudySite.All, site => Assert.DoesNotContain(site.Code, (string[])["01", "02"]));
        Assert.All(StudySite.All, site => Assert.Equal(10, site.Numbers(Usual).Count()));
        Assert.All(StudySite.All, site => Assert.Contains("ynthetic", site.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_is_known_of_a_day_after_the_cut_off()
    {
        var latest = Courses.Max(course => course.Infusion.AddDays(course.EndDay));

        Assert.True(latest <= Course.Cutoff);
    }

    [Theory]
    [InlineData("of prospective data", 0.60, 0.03)]
    [InlineData("of responders", 0.93, 0.015)]
    [InlineData("of complete responses", 0.67, 0.03)]
    [InlineData("of men", 0.51, 0.03)]
    [InlineData("with disease outside the marrow", 0.20, 0.02)]
    [InlineData("measured in serum", 0.62, 0.03)]
    [InlineData("free of progression at 6 months", 0.88, 0.025)]
    [InlineData("alive at 6 months", 0.95, 0.02)]
    public void The_share_is_as_intended(string share, double expected, double tolerance) =>
        Assert.Equal(expected, Courses.Count(IsIn(share)) / (double)Courses.Count, tolerance);

    [Theory]
    [InlineData(SpecialInterest.Crs, 0.88, 0.02)]
    [InlineData(SpecialInterest.Icans, 0.025, 0.005)]
    [InlineData(SpecialInterest.IecHs, 0.01, 0.005)]
    [InlineData(SpecialInterest.SecondaryMalignancy, 0.01, 0.005)]
    [InlineData(SpecialInterest.Hypogammaglobulinaemia, 0.6, 0.03)]
    [InlineData(SpecialInterest.ProlongedCytopenia, 0.25, 0.04)]
    public void The_share_with_a_kind_of_event_is_as_intended(SpecialInterest interest, double expected, double tolerance)
    {
        Assert.Equal(expected, Kinds.Value.Count(kinds => kinds.Contains(interest)) / (double)Kinds.Value.Count, tolerance);
    }

    [Fact]
    public void Each_contradiction_is_planted_and_some_are_corrected()
    {
        var courses = Enumerable.Range(0, Usual).Select(number => Course.Of(Seed, number)).ToList();

        Assert.All(Enum.GetValues<Contradiction>(), kind => Assert.Contains(courses, course => course.Contradiction == kind));
        Assert.Contains(UsualRows, row => row.Wave == Wave.Amendment && row.Header is { ExpectedVersion: 1, Reason.Length: > 0 });
        Assert.Contains(UsualRows, row => row.Wave == Wave.Late);
    }

    [Fact]
    public void A_link_names_a_row_that_is_sent_before()
    {
        // Links are put into the rows themselves, so these are rows of their own.
        foreach (var participant in Enumerable.Range(0, Usual).SelectMany(new SyntheticStudy(Seed).FormsOf).GroupBy(row => row.Header.Participant))
        {
            var ids = participant.ToDictionary(row => row.Header.RequestId, _ => "record");
            foreach (var row in participant.Where(row => row.Wave is Wave.Linked or Wave.Amendment))
            {
                RecordLinks.Resolve(row, ids);
                Assert.All(LinksOf(row), link => Assert.Equal("record", link));
            }
        }
    }

    private static Func<Course, bool> IsIn(string share) => share switch
    {
        "of prospective data" => course => course.IsProspective,
        "of responders" => course => course.Best <= Response.Partial,
        "of complete responses" => course => course.Best <= Response.Complete,
        "of men" => course => course.IsMale,
        "with disease outside the marrow" => course => course.IsExtramedullary,
        "measured in serum" => course => course.Track == Track.Serum,
        "free of progression at 6 months" => course => Math.Min(course.ProgressionDay, course.DeathDay) > 182,
        _ => course => course.DeathDay > 182,
    };

    private static IEnumerable<string> LinksOf(StudyRow row) => row.Request is SubmitRecordRequest request
        ? [.. request.HospitalStay?.AdverseEventRecordIds ?? [], .. ((string?[])[request.Transfusion?.AdverseEventRecordId, request.SecondaryMalignancy?.AdverseEventRecordId]).OfType<string>().Where(link => link.Length > 0)]
        : [];

    private static List<string> Bytes(IEnumerable<StudyRow> rows) => [.. rows.Select(row => row.Request.ToByteString().ToBase64())];
}
