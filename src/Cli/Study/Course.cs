using Equecel.Assessment.V1;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using static Equecel.Enrolment.V1.MyelomaHistory.Types;

namespace Equecel.Cli.Study;

/// <summary>What truly happens to one synthetic participant. The forms tell it, with gaps and faults.</summary>
/// <remarks>Frequencies are choices for a demonstration, near to what was published of eque-cel, and no findings.</remarks>
internal sealed record Course
{
    /// <summary>Last day that the data tell of. Fixed, so that the study is the same whenever it is made.</summary>
    public static readonly DateOnly Cutoff = new(2026, 6, 30);

    /// <summary>First day of lymphodepletion, counted from the infusion.</summary>
    public const int DepletionDay = -5;

    /// <summary>Day of admission for the infusion.</summary>
    public const int AdmissionDay = DepletionDay - 1;

    /// <summary>Longest follow-up in days.</summary>
    public const int LongestFollowUp = 365;

    private const double ProgressionsPerDay = 3.5e-4;
    private const double OtherDeathsPerDay = 1.0e-4;
    private const double DeathsPerDayAfterProgression = 3.4e-3;

    /// <summary>The study's seed.</summary>
    public required long Seed { get; init; }

    /// <summary>Number of the participant in the study, from 0.</summary>
    public required int Number { get; init; }

    /// <summary>Whether the data were recorded as it happened.</summary>
    public required bool IsProspective { get; init; }

    /// <summary>Day of the infusion; for who was never infused the day that it was planned for.</summary>
    public required DateOnly Infusion { get; init; }

    /// <summary>Whether the infusion was given.</summary>
    public required bool IsInfused { get; init; }

    /// <summary>Age at infusion in years.</summary>
    public required double Age { get; init; }

    /// <summary>Whether a man.</summary>
    public required bool IsMale { get; init; }

    /// <summary>Body mass in kilograms.</summary>
    public required double BodyMassKg { get; init; }

    /// <summary>What can be measured of the disease.</summary>
    public required Track Track { get; init; }

    /// <summary>The light chain.</summary>
    public required LightChain Chain { get; init; }

    /// <summary>Whether there is disease outside the marrow.</summary>
    public required bool IsExtramedullary { get; init; }

    /// <summary>Best response that the disease comes to if nothing ends the course before.</summary>
    public required Response Best { get; init; }

    /// <summary>Day of the first response; without one, beyond the follow-up.</summary>
    public required int ResponseDay { get; init; }

    /// <summary>Day of a complete response; without one, beyond the follow-up.</summary>
    public required int CompleteDay { get; init; }

    /// <summary>Day of progression; may lie beyond the follow-up.</summary>
    public required int ProgressionDay { get; init; }

    /// <summary>Day of death; may lie beyond the follow-up.</summary>
    public required int DeathDay { get; init; }

    /// <summary>Last day that anything is known of, counted from the infusion.</summary>
    public required int EndDay { get; init; }

    /// <summary>How the participation stands at <see cref="EndDay"/>.</summary>
    public required FollowUp.Types.Status Ending { get; init; }

    /// <summary>Day of leukapheresis, counted from the infusion.</summary>
    public required int LeukapheresisDay { get; init; }

    /// <summary>Day of discharge after the infusion.</summary>
    public required int DischargeDay { get; init; }

    /// <summary>What does not go together.</summary>
    public required Contradiction Contradiction { get; init; }

    /// <summary>Whether the site has corrected it since.</summary>
    public bool IsCorrected => Contradiction != Contradiction.None && Number % 120 >= 60;

    /// <summary>Whether the participant died within the follow-up.</summary>
    public bool Died => Ending == FollowUp.Types.Status.Death;

    /// <summary>Whether the disease progressed within the follow-up.</summary>
    public bool Progressed => ProgressionDay <= EndDay;

    /// <summary>How all forms of the participant were recorded.</summary>
    public DataOrigin Origin => IsProspective ? DataOrigin.Prospective : DataOrigin.Retrospective;

    /// <summary>The date of a day that is counted from the infusion.</summary>
    public string On(int day) => Dates.Text(Infusion.AddDays(day));

    /// <summary>A sequence of random numbers of this participant.</summary>
    public Draw Draw(string about) => new(Seed, Number, about);

    /// <summary>The true response on a day.</summary>
    /// <param name="day">The day, counted from the infusion.</param>
    public Response At(int day) =>
        day >= ProgressionDay ? Response.ProgressiveDisease
        : Best >= Response.Minimal || day < ResponseDay ? Best == Response.Minimal && day >= ResponseDay ? Best : Response.StableDisease
        : Best <= Response.Complete && day >= CompleteDay ? Best
        : Best <= Response.VeryGoodPartial && day >= (ResponseDay + Math.Min(CompleteDay, ResponseDay + 40)) / 2 ? Response.VeryGoodPartial
        : Response.Partial;

    /// <summary>Draws the course of a participant. It depends on the seed and the number alone.</summary>
    /// <param name="seed">The study's seed.</param>
    /// <param name="number">Number of the participant in the study, from 0.</param>
    public static Course Of(long seed, int number)
    {
        var draw = new Draw(seed, number, "course");
        // Only questionnaires that were collected as it happened can be late for their visit.
        var isProspective = draw.Chance(0.6) || number % 60 == 43;
        var first = isProspective ? new DateOnly(2024, 7, 1) : new DateOnly(2023, 8, 15);
        var infusion = first.AddDays(draw.Between(0, isProspective ? 600 : 320));
        var isInfused = !draw.Chance(0.02);
        var best = (Response)(1 + draw.Weighed(45, 22, 18, 8, 1, 2, 2, 2));
        var responds = best <= Response.Minimal;
        var response = responds ? draw.Days(16, 0.35, 11, 60) : int.MaxValue / 2;
        var complete = best <= Response.Complete ? Math.Max(response + 5, draw.Days(56, 0.45, 20, 150)) : int.MaxValue / 2;

        // Who responds does so before anything goes wrong; that shifts few of the early events.
        var progression = draw.DaysUntil(ProgressionsPerDay);
        progression = best switch
        {
            Response.ProgressiveDisease => 10,
            Response.NotEvaluable => int.MaxValue / 2,
            _ => Math.Max(progression, responds ? Math.Max(response, complete > LongestFollowUp ? 0 : complete) + 25 : 60),
        };
        var death = best == Response.NotEvaluable ? draw.Between(8, 11)
            : Math.Min(
                draw.DaysUntil(OtherDeathsPerDay) + 30,
                progression < LongestFollowUp ? progression + 10 + draw.DaysUntil(DeathsPerDayAfterProgression) : int.MaxValue / 2);

        var longest = Math.Min(LongestFollowUp, Cutoff.DayNumber - infusion.DayNumber);
        var (end, ending) = draw.Weighed(94, 3, 2, 1) switch
        {
            1 => (draw.Between(90, longest), FollowUp.Types.Status.LostToFollowUp),
            2 => (draw.Between(60, longest), FollowUp.Types.Status.WithdrewConsent),
            3 => (draw.Between(60, longest), FollowUp.Types.Status.Physician),
            _ => (longest, longest >= 182 ? FollowUp.Types.Status.CompletedW24 : FollowUp.Types.Status.Ongoing),
        };
        (end, ending) = !isInfused ? (DepletionDay - 3, FollowUp.Types.Status.NotInfused)
            : death <= Math.Min(end, longest) ? (death, FollowUp.Types.Status.Death)
            : (Math.Min(end, longest), ending);

        return new()
        {
            Seed = seed,
            Number = number,
            IsProspective = isProspective,
            Infusion = infusion,
            IsInfused = isInfused,
            Age = draw.Normal(60, 9, 30, 78),
            IsMale = draw.Chance(0.51),
            BodyMassKg = Math.Round(draw.Normal(63, 10, 42, 100), 1),
            Track = (Track)draw.Weighed(62, 6, 10, 17, 5),
            Chain = draw.Chance(0.6) ? LightChain.Kappa : LightChain.Lambda,
            IsExtramedullary = draw.Chance(0.2),
            Best = best,
            ResponseDay = response,
            CompleteDay = complete,
            ProgressionDay = isInfused ? progression : int.MaxValue / 2,
            DeathDay = death,
            EndDay = end,
            Ending = ending,
            LeukapheresisDay = -draw.Days(50, 0.3, 24, 200),
            DischargeDay = Math.Min(end, draw.Days(21, 0.3, 12, 60) + AdmissionDay),
            Contradiction = number % 10 == 3 ? (Contradiction)(1 + (number / 10 % 6)) : Contradiction.None,
        };
    }
}
