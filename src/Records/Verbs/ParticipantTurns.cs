using System.Runtime.InteropServices;
using Equecel.ServiceDefaults;
using Grpc.Core;

namespace Equecel.Records.Verbs;

/// <summary>Lets forms that are judged by a participant's other records be judged and saved one after the other. Other participants' go on beside them.</summary>
/// <param name="limit">How long a form waits at the most.</param>
internal sealed class ParticipantTurns(TimeSpan limit)
{
    private readonly Dictionary<string, (SemaphoreSlim Gate, int Users)> gates = [];

    /// <summary>That a turn did not come in time: UNAVAILABLE.</summary>
    public static RpcException Busy() => RpcError.DependencyDown("The participant, whose other forms are being saved,", TimeSpan.FromSeconds(1));

    /// <summary>Waits for the turn of participants, no longer than the call at hand may last.</summary>
    /// <param name="participants">Their codes.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The turn, which ends when it is disposed of.</returns>
    /// <exception cref="RpcException">UNAVAILABLE: others take too long.</exception>
    public async ValueTask<Turn> TakeAsync(IEnumerable<string> participants, CancellationToken cancellation)
    {
        var turn = new Turn(this);
        var end = CallDeadline.NoLaterThan(DateTime.UtcNow + limit);
        try
        {
            // All take them in the same order: of two who want the same ones, one waits for the other, and never both.
            foreach (var participant in participants.Distinct().Order(StringComparer.Ordinal))
            {
                await turn.AddAsync(participant, end, cancellation);
            }

            return turn;
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    private SemaphoreSlim Enter(string participant)
    {
        lock (gates)
        {
            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(gates, participant, out _);
            known = (known.Gate ?? new SemaphoreSlim(1, 1), known.Users + 1);
            return known.Gate;
        }
    }

    private void Leave(string participant)
    {
        lock (gates)
        {
            var (gate, users) = gates[participant];
            if (users > 1)
            {
                gates[participant] = (gate, users - 1);
            }
            else
            {
                gates.Remove(participant);
                gate.Dispose();
            }
        }
    }

    /// <summary>The participants whose turn it is.</summary>
    internal sealed class Turn(ParticipantTurns turns) : IDisposable
    {
        private readonly List<(string Participant, SemaphoreSlim Gate)> held = [];

        public void Dispose()
        {
            foreach (var (participant, gate) in held)
            {
                gate.Release();
                turns.Leave(participant);
            }

            held.Clear();
        }

        internal async ValueTask AddAsync(string participant, DateTime end, CancellationToken cancellation)
        {
            var gate = turns.Enter(participant);
            var isOurs = false;
            try
            {
                isOurs = gate.Wait(TimeSpan.Zero, CancellationToken.None);
                if (!isOurs)
                {
                    var left = end - DateTime.UtcNow;
                    isOurs = await gate.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellation) ? true : throw Busy();
                }
            }
            finally
            {
                if (isOurs)
                {
                    held.Add((participant, gate));
                }
                else
                {
                    turns.Leave(participant);
                }
            }
        }
    }
}
