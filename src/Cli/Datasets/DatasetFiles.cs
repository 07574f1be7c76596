using Equecel.Analytics.V1;
using Grpc.Core;

namespace Equecel.Cli.Datasets;

/// <summary>Writes datasets into files. A file is there whole or not at all.</summary>
/// <param name="folder">Where.</param>
internal sealed class DatasetFiles(DirectoryInfo folder)
{
    private readonly List<(ExportDatasetsResponse.Types.Start Start, string Path)> written = [];

    /// <summary>The datasets that were written, with the path of each.</summary>
    public IReadOnlyList<(ExportDatasetsResponse.Types.Start Start, string Path)> Written => written;

    /// <summary>Writes what a stream brings.</summary>
    /// <param name="parts">The stream.</param>
    /// <param name="progress">Is told the rows written so far of a dataset.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RpcException">The stream broke off; files that were begun are taken away.</exception>
    public async Task WriteAsync(IAsyncStreamReader<ExportDatasetsResponse> parts, Action<Dataset, long> progress, CancellationToken cancellation)
    {
        ExportDatasetsResponse.Types.Start? start = null;
        FileStream? file = null;
        try
        {
            while (await parts.MoveNext(cancellation))
            {
                if (parts.Current.Start is { } next)
                {
                    await FinishAsync();
                    start = next;
                    file = File.Create(PathOf(next) + ".part");
                    progress(next.Dataset, 0);
                }
                else if (parts.Current.Piece is { } piece)
                {
                    await file!.WriteAsync(piece.Content.Memory, cancellation);
                    progress(start!.Dataset, piece.RowCount);
                }
            }

            await FinishAsync();
        }
        finally
        {
            if (file is not null)
            {
                await file.DisposeAsync();
                File.Delete(file.Name);
            }
        }

        async Task FinishAsync()
        {
            if (file is not null)
            {
                await file.DisposeAsync();
                File.Move(file.Name, PathOf(start!), overwrite: true);
                written.Add((start!, PathOf(start!)));
                file = null;
            }
        }
    }

    // The name comes from the platform; only a name, never a path, is taken from it.
    private string PathOf(ExportDatasetsResponse.Types.Start start) => Path.Combine(folder.ToString(), Path.GetFileName(start.FileName));
}
