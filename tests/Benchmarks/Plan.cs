namespace Equecel.Benchmarks;

/// <summary>How much is measured.</summary>
internal sealed record Plan
{
    /// <summary>The sizes that the targets speak of.</summary>
    public static Plan Full { get; } = new()
    {
        Repetitions = 3,
        LoadTime = TimeSpan.FromSeconds(15),
        OpenLoopTime = TimeSpan.FromSeconds(30),
        OutageTime = TimeSpan.FromMinutes(10),
        ServerTime = TimeSpan.FromSeconds(10),
        SettleTime = TimeSpan.FromSeconds(15),
        ImportParticipants = 25_000,
        QuestionCount = 1_000,
        CutOffCallCount = 10_000,
        CohortEventCount = 1_000_000,
        LargestCurve = 1_000_000,
        StudyParticipants = 1_000,
        StudyCopies = [1, 10, 100],
        AnswerTime = TimeSpan.FromSeconds(5),
    };

    /// <summary>Everything once and small: to see that it works.</summary>
    public static Plan Short { get; } = new()
    {
        Repetitions = 1,
        LoadTime = TimeSpan.FromSeconds(3),
        OpenLoopTime = TimeSpan.FromSeconds(5),
        OutageTime = TimeSpan.FromSeconds(10),
        ServerTime = TimeSpan.FromSeconds(2),
        SettleTime = TimeSpan.FromSeconds(3),
        ImportParticipants = 5_000,
        QuestionCount = 200,
        CutOffCallCount = 2_000,
        CohortEventCount = 200_000,
        LargestCurve = 10_000,
        StudyParticipants = 120,
        StudyCopies = [1, 4],
        AnswerTime = TimeSpan.FromSeconds(0.5),
    };

    /// <summary>Participants of each site before anything is measured; with two sites a cohort of 10,000.</summary>
    public const int CohortParticipants = 5_000;

    /// <summary>How often a measurement is made; its median counts.</summary>
    public required int Repetitions { get; init; }

    /// <summary>How long a saturating load runs.</summary>
    public required TimeSpan LoadTime { get; init; }

    /// <summary>How long a load of a fixed rate runs.</summary>
    public required TimeSpan OpenLoopTime { get; init; }

    /// <summary>How long the broker is away.</summary>
    public required TimeSpan OutageTime { get; init; }

    /// <summary>How long a run of pgbench takes.</summary>
    public required TimeSpan ServerTime { get; init; }

    /// <summary>How long the platform is left alone before its memory is read.</summary>
    public required TimeSpan SettleTime { get; init; }

    /// <summary>Participants of each site in one import; each is three rows.</summary>
    public required int ImportParticipants { get; init; }

    /// <summary>How often a question is asked over gRPC.</summary>
    public required int QuestionCount { get; init; }

    /// <summary>Calls that are cut off.</summary>
    public required int CutOffCallCount { get; init; }

    /// <summary>Changes that a cohort in process takes in.</summary>
    public required int CohortEventCount { get; init; }

    /// <summary>Subjects of the largest curve that is estimated beside R.</summary>
    public required int LargestCurve { get; init; }

    /// <summary>Participants of the whole synthetic study.</summary>
    public required int StudyParticipants { get; init; }

    /// <summary>How often the databases hold that study which are answered from in process, rising.</summary>
    public required IReadOnlyList<int> StudyCopies { get; init; }

    /// <summary>For how long an answer about the whole study is asked for over gRPC; a fifth of that before, here and in process.</summary>
    public required TimeSpan AnswerTime { get; init; }
}
