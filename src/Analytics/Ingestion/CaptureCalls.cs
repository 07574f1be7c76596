using Equecel.Records.V1;
using Grpc.Core;

namespace Equecel.Analytics.Ingestion;

/// <summary>The calls of a capture service that Analytics makes.</summary>
/// <typeparam name="TRecord">The service's record.</typeparam>
/// <typeparam name="TChange">The service's record change.</typeparam>
/// <param name="Watch">Follows what it saves.</param>
/// <param name="Get">Gets a version of a record.</param>
/// <param name="Digest">Sums up a range.</param>
/// <param name="ListHashes">Lists the hashes of a range.</param>
/// <param name="SetCrossChecks">Sets what is asked over several services.</param>
internal sealed record CaptureCalls<TRecord, TChange>(
    Func<WatchRecordsRequest, CallOptions, AsyncServerStreamingCall<TChange>> Watch,
    Func<GetRecordRequest, CallOptions, AsyncUnaryCall<TRecord>> Get,
    Func<DigestJournalRequest, CallOptions, AsyncUnaryCall<JournalDigest>> Digest,
    Func<ListJournalHashesRequest, CallOptions, AsyncServerStreamingCall<JournalHash>> ListHashes,
    Func<SetCrossChecksRequest, CallOptions, AsyncUnaryCall<SetCrossChecksResponse>> SetCrossChecks);
