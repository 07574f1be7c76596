using Equecel.Analytics.Cohort;
using Equecel.Analytics.Tables;
using Equecel.DatasetJson;
using Equecel.ServiceDefaults;
using Google.Rpc;
using static Equecel.Analytics.Endpoints.ScopeChecks;

namespace Equecel.Analytics.Datasets;

/// <summary>A question for datasets whose every field is good, with the defaults filled in.</summary>
internal sealed record DatasetQuestion
{
    private DatasetQuestion()
    {
    }

    /// <summary>The datasets, in the order in which they are wanted.</summary>
    public required IReadOnlyList<StudyDataset> Datasets { get; init; }

    /// <summary>How they lie in their files.</summary>
    public required DatasetCarrier Carrier { get; init; }

    /// <summary>Whom they are about.</summary>
    public required StudyPopulation Population { get; init; }

    /// <summary>Instant to answer as of; null for now.</summary>
    public required DateTimeOffset? AsOf { get; init; }

    /// <summary>Cut-off date; null for none.</summary>
    public required DateOnly? Cutoff { get; init; }

    /// <summary>Reads a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="now">The instant that no question can be about yet.</param>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT naming every field at fault.</exception>
    public static DatasetQuestion Parse(V1.ExportDatasetsRequest request, DateTimeOffset now)
    {
        var violations = Faults(request, now).ToList();
        return violations.Count > 0
            ? throw RpcError.InvalidFields(violations)
            : new DatasetQuestion
            {
                Datasets = request.Datasets.Count == 0 ? DatasetList.All : [.. request.Datasets.Select(name => DatasetList.Find(name)!)],
                Carrier = request.Format switch
                {
                    V1.DatasetFormat.Ndjson => DatasetCarrier.Ndjson,
                    V1.DatasetFormat.Dsjc => DatasetCarrier.Compressed,
                    _ => DatasetCarrier.Json,
                },
                Population = StudyPopulation.Of(request.Population),
                AsOf = request.AsOfTime?.ToDateTimeOffset(),
                Cutoff = PartialDate.FindDay(request.DataCutoffDate),
            };
    }

    private static IEnumerable<BadRequest.Types.FieldViolation> Faults(V1.ExportDatasetsRequest request, DateTimeOffset now) =>
        request.Datasets.Take(DatasetList.All.Count + 1)
            .Select((name, i) =>
                Check(DatasetList.Find(name) is not null, $"datasets[{i}]", "No such dataset. Take a value of Dataset.")
                ?? Check(request.Datasets.IndexOf(name) == i, $"datasets[{i}]", "Name each dataset once."))
            .Append(Check(Enum.IsDefined(request.Format), "format", "No such format. Take a value of DatasetFormat."))
            .Concat(Run(request.Population, V1.Grouping.Unspecified, request.AsOfTime, request.Snapshot, request.DataCutoffDate, level: 0, now))
            .OfType<BadRequest.Types.FieldViolation>();
}
