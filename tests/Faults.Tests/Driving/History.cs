using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;

namespace Equecel.Faults.Tests.Driving;

/// <summary>
/// What was sent and what was answered. Each call is written to a file before and after, so that what has no answer is known to have
/// none.
/// </summary>
internal sealed class History : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly ConcurrentDictionary<long, Entry> entries = new();
    private readonly Channel<object> lines = Channel.CreateUnbounded<object>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly Task writing;
    private long lastId;

    /// <param name="file">The file, to which is only ever added.</param>
    public History(string file)
    {
        File = file;
        writing = WriteAsync();
    }

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>Calls with all their answers so far.</summary>
    public IReadOnlyCollection<Entry> Entries => [.. entries.Values.OrderBy(entry => entry.Intent.Id)];

    /// <summary>Attempts that ended without saying whether it was saved, in their order.</summary>
    public ConcurrentQueue<Answer> Failures { get; } = new();

    /// <summary>Saves that were acknowledged.</summary>
    public long AcknowledgedCount => entries.Values.Count(entry => entry.Outcome.Kind == AnswerKind.Acknowledged);

    /// <summary>Gives an intent its number.</summary>
    public long NextId() => Interlocked.Increment(ref lastId);

    /// <summary>Notes that an attempt is about to be sent.</summary>
    public void Sending(Intent intent)
    {
        entries.GetOrAdd(intent.Id, _ => new Entry(intent)).Attempts++;
        lines.Writer.TryWrite(new { At = clock.Elapsed.TotalMilliseconds, Event = "sending", Intent = intent });
    }

    /// <summary>Notes how an attempt ended.</summary>
    public void Answered(Intent intent, Answer answer)
    {
        var entry = entries[intent.Id];
        lock (entry.Answers)
        {
            entry.Answers.Add(answer);
        }

        if (answer.Kind == AnswerKind.Unknown)
        {
            Failures.Enqueue(answer);
        }

        lines.Writer.TryWrite(new { At = clock.Elapsed.TotalMilliseconds, Event = "answered", intent.Id, Answer = answer });
    }

    /// <summary>Notes what else happens.</summary>
    public void Note(string what) => lines.Writer.TryWrite(new { At = clock.Elapsed.TotalMilliseconds, Event = what });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        lines.Writer.TryComplete();
        await writing;
    }

    private async Task WriteAsync()
    {
        await using var writer = new StreamWriter(new FileStream(File, FileMode.Append, FileAccess.Write, FileShare.Read));
        await foreach (var line in lines.Reader.ReadAllAsync())
        {
            await writer.WriteLineAsync(JsonSerializer.Serialize(line, Json));
            if (!lines.Reader.TryPeek(out _))
            {
                await writer.FlushAsync();
            }
        }
    }

    /// <summary>A call.</summary>
    internal sealed class Entry(Intent intent)
    {
        /// <summary>What it was to save.</summary>
        public Intent Intent { get; } = intent;

        /// <summary>How often it was sent.</summary>
        public int Attempts { get; set; }

        /// <summary>Its answers, in the order in which they came.</summary>
        public List<Answer> Answers { get; } = [];

        /// <summary>What is known of it in the end.</summary>
        public Answer Outcome
        {
            get
            {
                lock (Answers)
                {
                    return Answers.LastOrDefault(answer => answer.Kind != AnswerKind.Unknown) ?? new Answer(AnswerKind.Unknown, "no answer");
                }
            }
        }
    }
}
