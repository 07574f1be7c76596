using Equecel.Assessment.DiseaseAssessments;
using Equecel.Assessment.DiseaseAssessments.Imwg;

namespace Equecel.Assessment.Tests.DiseaseAssessments.Imwg;

/// <summary>Courses of the disease, a visit in short: <c>28 M3.1 S-</c> is day 28, serum M-protein 3.1 g/L, serum immunofixation negative.</summary>
/// <remarks>
/// S and U are the immunofixations (+, -), M serum and Q urine M-protein, K and L the light chains, B the marrow with its clonality
/// (<c>B2-</c>), A a plasmacytoma as length x width (<c>A20x15</c>; <c>A0</c> is imaging without any), N a new lesion, X spurious serum.
/// </remarks>
public sealed class ResponseCourseTests
{
    private static readonly DateOnly Infusion = new(2024, 3, 1);

    [Theory]
    [InlineData("-10 M38 | 28 M3 S+ U- | 56 M0 S- U- B2- K10 L10 | 84 M0 S- U- B1- K10 L10", "VGPR/SD sCR/VGPR sCR/sCR")]
    [InlineData("-36 M38 | 28 M3 S+ U-", "NE/NE")]
    [InlineData("-35 M38 | 28 M3 S+ U-", "VGPR/SD")]
    [InlineData("-20 M38 | -5 M5 | 28 M3 S+ U-", "NE/NE")]
    [InlineData("-10 M40 | 28 M8 S+ U- | 56 M13 S+ | 84 M14 S+", "PR/SD PD/SD PD/PD")]
    [InlineData("-10 M40 | 28 M8 S+ U- | 56 M13 S+ | 84 M9 S+ U-", "PR/SD PD/SD PR/SD")]
    [InlineData("-10 M40 | 28 M8 S+ U- | 56 U- | 84 M9 S+ U-", "PR/SD NE/SD PR/PR")]
    [InlineData("-10 M40 | 28 M8 S+ U- | 56 M2 X S+ U- | 84 M8 S+ U-", "PR/SD VGPR/PR PR/PR")]
    [InlineData("-10 M40 | 28 M8 S+ U- | 56 M2 S+ U- | 84 M8 S+ U-", "PR/SD VGPR/PR PD/PR")]
    public void A_course_is_followed_and_confirmed(string course, string expected) => Assert.Equal(expected, Levels(Compute(course)));

    [Theory]
    [InlineData("-10 M38 | 28 M0 S- U- B2- K10 L10 | 56 M0 S- U- K10 L10", "sCR/SD sCR/sCR")]
    [InlineData("-10 M38 | 28 M0 S- U- B2- K10 L10 | 56 M0 S+ U- | 84 M0 S- U- K10 L10", "sCR/SD VGPR/VGPR VGPR/VGPR")]
    [InlineData("-10 M38 | 28 M0 S- U- K10 L10 | 56 M0 S- U- B2- K10 L10", "VGPR/SD sCR/sCR")]
    public void A_marrow_counts_as_long_as_both_immunofixations_stay_negative(string course, string expected) => Assert.Equal(expected, Levels(Compute(course)));

    [Theory]
    [InlineData("-10 M38 A40x20 | 28 M3 S+ U- A10x7 | 112 M3 S+ U-", "VGPR/SD VGPR/VGPR")]
    [InlineData("-10 M38 A40x20 | 28 M3 S+ U- A10x7 | 113 M3 S+ U-", "VGPR/SD NE/SD")]
    public void Imaging_counts_for_twelve_weeks(string course, string expected) => Assert.Equal(expected, Levels(Compute(course)));

    [Theory]
    [InlineData("-10 M38 A40x20 | 28 M3 S+ U- A20x12 | 56 M3 S+ U- A30x12", "PR/SD PD/PD")]
    [InlineData("-10 M38 A40x20 | 28 M3 S+ U- A20x12 | 56 M3 S+ U- A29.9x12", "PR/SD PR/PR")]
    [InlineData("-10 M38 A40x20 | 28 M3 S+ U- A20x10 | 56 M3 S+ U- A30x10", "PR/SD PR/PR")]
    [InlineData("-10 M38 | 28 M3 S+ U- | 56 M3 S+ U- N", "VGPR/SD PD/PD")]
    public void Imaging_alone_shows_a_progression(string course, string expected) => Assert.Equal(expected, Levels(Compute(course)));

    [Theory]
    [InlineData(40, "PR/SD PR/PR")]
    [InlineData(55, "PR/SD PR/SD")]
    public void New_therapy_ends_confirmation(int newTherapyDay, string expected)
    {
        // Therapy that begins on day 40 comes after the second visit here.
        var steps = Compute(newTherapyDay == 40 ? "-10 M40 | 28 M8 S+ U- | 39 M8 S+ U-" : "-10 M40 | 28 M8 S+ U- | 56 M8 S+ U-", Infusion.AddDays(newTherapyDay));

        Assert.Equal(expected, Levels(steps));
    }

    [Fact]
    public void A_second_visit_of_the_same_day_confirms_nothing() =>
        Assert.Equal("PR/SD PR/SD PR/PR", Levels(Compute("-10 M40 | 28 M8 S+ U- | 28 M8.1 S+ U- | 56 M8 S+ U-")));

    [Fact]
    public void The_light_chain_that_is_raised_at_baseline_is_the_involved_one() =>
        Assert.Equal("PR/SD", Levels(Compute("-10 K9 L850 | 28 S+ U+ K9 L95")));

    [Fact]
    public void The_date_is_that_of_the_last_sample_a_response_needs_and_of_the_first_that_shows_progression()
    {
        AssessedVisit[] visits =
        [
            Visit("-10 M40"),
            Visit("28 M0 S- U- B2- K10 L10") with { SampleDates = new Dictionary<Sample, DateOnly> { [Sample.Marrow] = Infusion.AddDays(33) } },
            Visit("84 M9 S+ U- N") with { SampleDates = new Dictionary<Sample, DateOnly> { [Sample.Serum] = Infusion.AddDays(80) } },
        ];
        var steps = ResponseCourse.Compute(visits, new CourseDates(Infusion));

        Assert.Equal([Infusion.AddDays(33), Infusion.AddDays(80)], steps.Select(step => step.Date));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(20240301)]
    public void The_order_of_arrival_does_not_matter(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 300; i++)
        {
            var visits = RandomVisits(random);
            var expected = Render(ResponseCourse.Compute(visits, new CourseDates(Infusion)));
            random.Shuffle(visits);
            // Records get their ids as they arrive.
            var arrived = visits.Select((visit, n) => visit with { RecordId = $"{n}" });

            Assert.Equal(expected, Render(ResponseCourse.Compute(arrived, new CourseDates(Infusion))));
        }
    }

    private static string Render(IReadOnlyList<CourseStep> steps) => string.Join('\n', steps.Select(step =>
        $"{step.Visit.Tie}: {step.Date} {step.Response.Level} {step.Response.Basis} {step.Confirmed} {step.IsRelapse} "
        + string.Join("; ", step.Response.Deciding.Concat(step.Response.Preventing).Select(reason => reason.Text))));

    private static AssessedVisit[] RandomVisits(Random random)
    {
        string Sign() => random.Next(2) == 0 ? "-" : "+";
        string Maybe(string text) => random.Next(3) == 0 ? "" : text;
        string Number(int most) => FormattableString.Invariant($"{random.Next(most * 10) / 10m}");
        var baseline = Visit($"-{random.Next(1, 40)} M{Number(60)} Q{Number(900)} K{Number(500)} L{Number(500)}1 B{random.Next(70)}+ {Maybe($"A{Number(50)}x{Number(20)}")}");
        return
        [
            baseline,
            .. Enumerable.Range(0, random.Next(1, 9)).Select(_ => Visit(
                // Few days, so that visits share them.
                $"{random.Next(1, 12) * 14} {Maybe($"M{Number(30)}")} S{Sign()} {Maybe($"Q{Number(400)}")} U{Sign()} "
                + $"{Maybe($"K{Number(100)} L{Number(100)}1")} {Maybe($"B{random.Next(20)}{Sign()}")} {Maybe($"A{Number(30)}x{Number(15)}")} {(random.Next(15) == 0 ? "N" : "")}")),
        ];
    }

    private static string Levels(IReadOnlyList<CourseStep> steps) =>
        string.Join(' ', steps.Select(step => $"{step.Response.Level.Short()}/{step.Confirmed.Short()}"));

    private static IReadOnlyList<CourseStep> Compute(string course, DateOnly? newTherapy = null) =>
        ResponseCourse.Compute(course.Split(" | ").Select(Visit), new CourseDates(Infusion, NewTherapy: newTherapy));

    private static AssessedVisit Visit(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string? Word(char letter) => words.Skip(1).FirstOrDefault(word => word[0] == letter)?[1..];
        decimal? Number(char letter) => Word(letter) is { } value ? decimal.Parse(value.TrimEnd('+', '-'), System.Globalization.CultureInfo.InvariantCulture) : null;
        TestResult Test(char letter) => Word(letter) switch
        {
            { } value when value.EndsWith('-') => TestResult.Negative,
            { } value when value.EndsWith('+') => TestResult.Positive,
            _ => TestResult.NotDone,
        };
        var lesions = Word('A')?.Split('x') is [var length, var width]
            ? [new Lesion("1", decimal.Parse(length, System.Globalization.CultureInfo.InvariantCulture), decimal.Parse(width, System.Globalization.CultureInfo.InvariantCulture), IsSoftTissue: true)]
            : Word('A') is null ? null : (List<Lesion>)[];
        return new AssessedVisit
        {
            RecordId = text,
            Tie = text,
            Date = Infusion.AddDays(int.Parse(words[0], System.Globalization.CultureInfo.InvariantCulture)),
            IsSerumSpurious = Word('X') is not null,
            Lesions = lesions,
            Values = new VisitValues
            {
                SerumM = Number('M'),
                SerumIfe = Test('S'),
                UrineM = Number('Q') ?? (Test('U') == TestResult.Negative ? 0 : null),
                UrineIfe = Test('U'),
                LightChains = Number('K') is { } kappa && Number('L') is { } lambda ? new LightChains(kappa, lambda) : null,
                MarrowPlasmaCells = Number('B'),
                Clonality = Test('B'),
                PlasmacytomaArea = lesions?.Sum(lesion => lesion.Long * lesion.Short),
                LesionCount = lesions?.Count ?? 0,
                HasNewLesion = Word('N') is not null,
            },
        };
    }
}
