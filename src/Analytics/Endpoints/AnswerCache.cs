using Equecel.Analytics.Cohort;
using Equecel.Common.V1;
using Equecel.ServiceDefaults;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Caching.Memory;

namespace Equecel.Analytics.Endpoints;

/// <summary>Answers by question and state of the cohort: what is asked again of the same data is not computed again.</summary>
/// <typeparam name="TAnswer">The answer.</typeparam>
internal sealed class AnswerCache<TAnswer> : IDisposable
    where TAnswer : class, IMessage
{
    private const long MaxBytes = 16 * 1024 * 1024;

    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = MaxBytes });

    /// <summary>The answer that was computed; null when there is none, or no more.</summary>
    /// <param name="cohort">The state of the cohort.</param>
    /// <param name="question">The whole question as bytes.</param>
    public TAnswer? Find(CohortRevision cohort, ByteString question) => cache.TryGetValue((cohort, question), out TAnswer? answer) ? answer : null;

    /// <summary>Keeps an answer.</summary>
    /// <param name="cohort">The state of the cohort.</param>
    /// <param name="question">The whole question as bytes.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="smaller">How to ask for less, as the end of a sentence.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="RpcException">RESOURCE_EXHAUSTED: it is too large to send.</exception>
    public TAnswer Keep(CohortRevision cohort, ByteString question, TAnswer answer, string smaller)
    {
        var bytes = answer.CalculateSize();
        if (bytes > ServiceDefaultsExtensions.MaxSendMessageBytes)
        {
            throw RpcError.Of(
                StatusCode.ResourceExhausted,
                ErrorReason.TooLarge,
                $"The answer is too large to send. Ask for it {smaller}.",
                [("limit", $"{ServiceDefaultsExtensions.MaxSendMessageBytes} bytes")]);
        }

        cache.Set((cohort, question), answer, new MemoryCacheEntryOptions { Size = bytes + question.Length, SlidingExpiration = TimeSpan.FromMinutes(10) });
        return answer;
    }

    /// <inheritdoc/>
    public void Dispose() => cache.Dispose();
}
