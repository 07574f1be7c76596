using System.Buffers.Binary;

namespace Equecel.Gateway.Tests;

public sealed class WholeMessagesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task However_an_answer_is_cut_its_whole_messages_go_out_at_once_and_pieces_wait(int seed)
    {
#pragma warning disable CA5394 // Cases, no secrets.
        var random = new Random(seed);
        int[] sizes = [0, 1, 4, 5, 6, 300, 70_000, .. Enumerable.Range(0, 200).Select(_ => random.Next(50))];
        random.Shuffle(sizes);
        var ends = new List<int> { 0 };
        var sent = new List<byte>();
        foreach (var size in sizes)
        {
            sent.AddRange(Message(size, (byte)random.Next(256)));
            ends.Add(sent.Count);
        }

        using var received = new MemoryStream();
        await using var answer = new WholeMessages(received);
        for (var at = 0; at < sent.Count;)
        {
            var next = Math.Min(sent.Count, at + random.Next(random.Next(10) == 0 ? 100_000 : 60));
            await answer.WriteAsync(sent[at..next].ToArray());
            at = next;

            Assert.Equal(ends.Last(end => end <= at), received.Length);
        }
#pragma warning restore CA5394

        Assert.Equal(sent, received.ToArray());
    }

    private static byte[] Message(int size, byte content)
    {
        var message = new byte[5 + size];
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), size);
        message.AsSpan(5).Fill(content);
        return message;
    }
}
