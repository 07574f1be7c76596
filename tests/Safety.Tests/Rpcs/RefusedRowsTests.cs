using Equecel.Records.V1;
using Equecel.Safety.V1;
using static Equecel.Records.V1.ImportOutcome;

namespace Equecel.Safety.Tests.Rpcs;

/// <summary>Rows of an import after one that the journal refuses: they are judged as if it had not been sent, in a dry run as well.</summary>
public sealed class RefusedRowsTests(SafetyHost safety) : IClassFixture<SafetyHost>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_event_is_not_fatal_by_an_amendment_of_a_version_that_is_no_longer_the_latest(bool dry)
    {
        var saved = await SaveEventAsync();
        await safety.Site01.SubmitRecordAsync(Amend(saved, grade: 4));

        var verdicts = await ImportAsync(dry, Amend(saved, grade: 5), DeathBy(saved));

        Assert.Equal([" VERSION_CONFLICT", "S06! adverse_event_record_id INVALID_FIELDS"], verdicts.Select(Why));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_two_amendments_of_one_version_the_first_counts(bool dry)
    {
        var (one, two) = (await SaveEventAsync(), await SaveEventAsync());

        var verdicts = await ImportAsync(
            dry, Amend(one, grade: 4), Amend(one, grade: 5), DeathBy(one), Amend(two, grade: 5), Amend(two, grade: 4), DeathBy(two));

        Assert.Equal(
            ["", " VERSION_CONFLICT", "S06! adverse_event_record_id INVALID_FIELDS", "", " VERSION_CONFLICT", ""],
            verdicts.Select(Why).Select(why => why.TrimEnd(' ')));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_amendment_of_an_amendment_counts(bool dry)
    {
        var saved = await SaveEventAsync();
        var (second, third) = (Amend(saved, grade: 4), Amend(saved, grade: 5));
        third.Header.ExpectedVersion = 2;

        var verdicts = await ImportAsync(dry, second, third, DeathBy(saved));

        Assert.All(verdicts, verdict => Assert.Equal(dry ? WouldSave : Saved, verdict.Outcome));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_death_beside_another_one_does_not_count(bool dry)
    {
        var (one, two) = (safety.Enrol(), safety.Enrol());
        var retracted = await safety.Site01.SubmitRecordAsync(Form.Submit(one));
        await safety.Site01.RetractRecordAsync(
            new RetractRecordRequest { RequestId = Guid.NewGuid().ToString(), RecordId = retracted.Header.RecordId, ExpectedVersion = 1, Reason = "Other person" });

        var verdicts = await ImportAsync(
            dry,
            Form.Submit(one, Death("2024-06-10")), Form.SubmitForm(one, Encounter("2024-06-15")),
            Form.Submit(two, Death("2024-06-20")), Form.Submit(two, Death("2024-06-10")), Form.SubmitForm(two, Encounter("2024-06-15")));

        Assert.Equal([" RECORD_EXISTS", "", "", " RECORD_EXISTS", ""], verdicts.Select(Why).Select(why => why.TrimEnd(' ')));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_row_that_was_changed_after_it_was_saved_does_not_count(bool dry)
    {
        var participant = safety.Enrol();
        var row = Form.SubmitForm(participant, Form.ToxicityDay());
        await safety.Site01.SubmitRecordAsync(row);
        var changed = row.Clone();
        var other = Form.SubmitForm(participant, Form.ToxicityDay());
        changed.ToxicityDay.Date = other.ToxicityDay.Date = "2024-03-11";

        var verdicts = await ImportAsync(dry, row, changed, other);

        Assert.Equal([AlreadyThere, Refused, dry ? WouldSave : Saved], verdicts.Select(verdict => verdict.Outcome));
        Assert.Equal("REQUEST_ID_REUSED", verdicts[1].ErrorReason);
    }

    [Fact]
    public async Task What_is_saved_is_not_judged_by_what_is_only_checked()
    {
        var saved = await SaveEventAsync();
        var check = Amend(saved, grade: 5);
        check.Header.ValidateOnly = true;

        var verdicts = await ImportAsync(dry: false, check, DeathBy(saved), Amend(saved, grade: 4), Amend(saved, grade: 5));

        Assert.Equal([WouldSave, Refused, Saved, Refused], verdicts.Select(verdict => verdict.Outcome));
        Assert.Equal("S06! adverse_event_record_id INVALID_FIELDS", Why(verdicts[1]));
    }

    private static string Why(ImportVerdict verdict) => $"{verdict.Findings.Brief()} {verdict.ErrorReason}";

    private static Death Death(string date)
    {
        var form = Form.Death();
        form.DeathDate = date;
        return form;
    }

    private static HealthcareEncounter Encounter(string date)
    {
        var form = Form.Encounter();
        form.Date = date;
        return form;
    }

    private static SubmitRecordRequest DeathBy(SafetyRecord saved)
    {
        var form = Form.Death();
        (form.PrimaryCause, form.AdverseEventRecordId) = (V1.Death.Types.Cause.Infection, saved.Header.RecordId);
        return Form.Submit(saved.Header.Participant, form);
    }

    private static SubmitRecordRequest Amend(SafetyRecord saved, int grade) => Form.AmendForm(saved, saved.AdverseEvent, form =>
        (form.Grade, form.Outcome) = (grade, grade == 5 ? EventOutcome.Fatal : EventOutcome.Recovered));

    private async Task<SafetyRecord> SaveEventAsync()
    {
        var form = Form.Serious();
        (form.OnsetDate, form.EndDate, form.AwarenessTime) = ("2024-06-08", "2024-06-10", Form.At("2024-06-08T10:00:00+08:00"));
        return await safety.Site01.SubmitRecordAsync(Form.SubmitForm(safety.Enrol(), form));
    }

    private Task<List<ImportVerdict>> ImportAsync(bool dry, params SubmitRecordRequest[] rows)
    {
        Array.ForEach(rows, row => row.Header.ValidateOnly |= dry);
        return SafetyHost.ImportAsync(safety.Site01, rows);
    }
}
