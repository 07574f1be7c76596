using Equecel.Audit;
using Equecel.Records.V1;

namespace Equecel.Records.Tests.Proof;

public sealed class GatheredNotesTests
{
    [Fact]
    public async Task Nothing_that_is_added_while_another_takes_is_lost_or_counted_twice()
    {
        const int Adders = 4;
        const int Each = 100_000;
        var gathered = new GatheredNotes();
        var taken = new Dictionary<string, long>();

        var adding = Task.WhenAll(Enumerable.Range(0, Adders).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                gathered.Add(Read($"01-{i % 5:0000}"));
            }
        })));
        while (!adding.IsCompleted)
        {
            Count(gathered.Take());
        }

        await adding;
        Count(gathered.Take());

        Assert.True(gathered.IsEmpty);
        Assert.Equal(Enumerable.Range(0, 5).Select(i => ($"01-{i:0000}", (long)Adders * Each / 5)), taken.OrderBy(note => note.Key).Select(note => (note.Key, note.Value)));

        void Count(List<KeyValuePair<AuditNote, long>> notes)
        {
            foreach (var (note, times) in notes)
            {
                taken[note.Subject] = taken.GetValueOrDefault(note.Subject) + times;
            }
        }
    }

    [Fact]
    public void Beyond_ten_thousand_that_differ_the_others_are_counted_by_kind_and_there_is_room_again_afterwards()
    {
        var gathered = new GatheredNotes();
        for (var i = 0; i < 12_000; i++)
        {
            gathered.Add(Read($"01-{i:000000}"));
        }

        var taken = gathered.Take();
        Assert.Equal(12_000, taken.Sum(note => note.Value));
        Assert.Equal(2_000, taken.Single(note => note.Key.Detail == "further ones").Value);

        gathered.Add(Read("01-0001"));
        gathered.Return(taken.Where(note => note.Key.Subject == "01-000001").Append(new(Read("01-0001"), 41)));
        Assert.Equal(["01-000001 1", "01-0001 42"], gathered.Take().Select(note => $"{note.Key.Subject} {note.Value}").Order(StringComparer.Ordinal));
    }

    private static AuditNote Read(string participant) =>
        new(AuditEventKind.ParticipantRead, "dr-li", "study-team", "/equecel.enrolment.v1.EnrolmentService/GetRecord", participant, "");
}
