using Equecel.Enrolment.V1;
using Google.Protobuf;

namespace Equecel.Records.Forms;

/// <summary>Knows who is enrolled: at Enrolment from its own records, elsewhere by asking Enrolment.</summary>
public interface IParticipantDirectory
{
    /// <summary>What is known of participants, and of sites by their codes. Those that are not known are not in the answer.</summary>
    /// <param name="codes">Codes of participants or sites.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: nobody who knows can be reached.</exception>
    ValueTask<IReadOnlyDictionary<string, ParticipantFacts>> FindAsync(IReadOnlyCollection<string> codes, CancellationToken cancellation);

    /// <summary>The same, past everything that is kept: before something is computed that stays.</summary>
    /// <param name="codes">Codes of participants.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="Grpc.Core.RpcException">UNAVAILABLE: nobody who knows can be reached.</exception>
    ValueTask<IReadOnlyDictionary<string, ParticipantFacts>> LookUpAsync(IReadOnlyCollection<string> codes, CancellationToken cancellation) =>
        FindAsync(codes, cancellation);

    /// <summary>The same, as far as somebody can be asked: before a form is refused for what may be old.</summary>
    /// <param name="codes">Codes of participants.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <returns>Nothing when nobody can be asked, or what is kept is never old.</returns>
    ValueTask<IReadOnlyDictionary<string, ParticipantFacts>> FindAfreshAsync(IReadOnlyCollection<string> codes, CancellationToken cancellation) =>
        new(new Dictionary<string, ParticipantFacts>());

    /// <summary>What is known of a participant once a new record is saved.</summary>
    /// <param name="facts">What is known before; null before enrolment.</param>
    /// <param name="context">About the form.</param>
    /// <param name="form">The form.</param>
    ParticipantFacts? After(ParticipantFacts? facts, FormContext context, IMessage form);

    /// <summary>As much of it as derivations may depend on: what makes them compute anew when it changes.</summary>
    /// <param name="facts">What is known of a participant.</param>
    ParticipantFacts Followed(ParticipantFacts facts) => facts;

    /// <summary>Takes note that a version of a record was saved.</summary>
    /// <param name="context">About the form.</param>
    /// <param name="form">The form; null when all that is known of the participant must be read again.</param>
    void Saved(FormContext context, IMessage? form);
}
