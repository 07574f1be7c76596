using Equecel.Common.V1;
using Equecel.Questionnaire.V1;
using Google.Protobuf;
using static Equecel.Questionnaire.V1.QuestionnaireScores.Types;

namespace Equecel.Questionnaire.Completion;

/// <summary>What the forms of all instruments have in common.</summary>
internal sealed record CompletedForm
{
    /// <summary>The instrument.</summary>
    public required Instrument Instrument { get; init; }

    /// <summary>The visit, as the site stated it.</summary>
    public required Visit Visit { get; init; }

    /// <summary>Date on the wire.</summary>
    public required string CompletionDate { get; init; }

    /// <summary>Version of the instrument; empty when not given.</summary>
    public required string InstrumentVersion { get; init; }

    /// <summary>Language; empty when not given.</summary>
    public required string Language { get; init; }

    /// <summary>How it was filled in.</summary>
    public required CompletionMode Mode { get; init; }

    /// <summary>Whether somebody else answered.</summary>
    public required YesNoUnknown Proxy { get; init; }

    /// <summary>Why it was not filled in; unspecified when it was.</summary>
    public required MissingReason NotDoneReason { get; init; }

    /// <summary>The answers, as sent.</summary>
    public required IReadOnlyList<ItemAnswer> Answers { get; init; }

    /// <summary>The EQ VAS; null when left blank, and for an instrument without it.</summary>
    public int? VasScore { get; init; }

    /// <summary>Whether it was filled in.</summary>
    public bool IsDone => NotDoneReason == MissingReason.Unspecified;

    /// <summary>Scores or levels by item, of answers of which each item has one.</summary>
    public IReadOnlyDictionary<int, int> Scores => Answers.ToDictionary(answer => answer.Item, answer => answer.Score);

    /// <summary>Reads a form of any instrument; null when it is none.</summary>
    /// <param name="form">The form.</param>
    public static CompletedForm? Find(IMessage form) => form switch
    {
        QlqC30 qlq => Of(qlq),
        Eq5d5l eq5d => Of(eq5d),
        Eq5d3l eq5d => Of(eq5d),
        _ => null,
    };

    /// <summary>Reads a form.</summary>
    /// <param name="form">The form.</param>
    public static CompletedForm Of(QlqC30 form) => new()
    {
        Instrument = Instrument.QlqC30,
        Visit = form.Visit,
        CompletionDate = form.CompletionDate,
        InstrumentVersion = form.InstrumentVersion,
        Language = form.Language,
        Mode = form.Mode,
        Proxy = form.Proxy,
        NotDoneReason = form.NotDoneReason,
        Answers = form.Answers,
    };

    /// <summary>Reads a form.</summary>
    /// <param name="form">The form.</param>
    public static CompletedForm Of(Eq5d5l form) => new()
    {
        Instrument = Instrument.Eq5D5L,
        Visit = form.Visit,
        CompletionDate = form.CompletionDate,
        InstrumentVersion = form.InstrumentVersion,
        Language = form.Language,
        Mode = form.Mode,
        Proxy = form.Proxy,
        NotDoneReason = form.NotDoneReason,
        Answers = form.Answers,
        VasScore = form.HasVasScore ? form.VasScore : null,
    };

    /// <summary>Reads a form.</summary>
    /// <param name="form">The form.</param>
    public static CompletedForm Of(Eq5d3l form) => new()
    {
        Instrument = Instrument.Eq5D3L,
        Visit = form.Visit,
        CompletionDate = form.CompletionDate,
        InstrumentVersion = form.InstrumentVersion,
        Language = form.Language,
        Mode = form.Mode,
        Proxy = form.Proxy,
        NotDoneReason = form.NotDoneReason,
        Answers = form.Answers,
        VasScore = form.HasVasScore ? form.VasScore : null,
    };
}
