using Equecel.Hostile.Tests.Running;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace Equecel.Hostile.Tests.Requests;

/// <summary>Finds a form that is accepted, by sending and reading the refusal: services name every wrong field at once.</summary>
internal sealed class FormFinder(Subject subject, Func<IMessage, Task<Outcome>> send)
{
    private const int MaxRounds = 150;
    private const int MaxValuesTriedForMore = 8;

    /// <summary>Finds one.</summary>
    /// <param name="submission">The submission, with the form that is wanted in it.</param>
    /// <returns>How it ended: accepted, or refused for something else than its fields.</returns>
    public async Task<Outcome> CompleteAsync(IMessage submission)
    {
        var tried = new Dictionary<string, int>();
        var refusals = new HashSet<string>();
        for (var round = 0; ; round++)
        {
            var outcome = await send(submission);
            if (outcome.Code != StatusCode.InvalidArgument)
            {
                return outcome;
            }

            var paths = outcome.Fields.Distinct().ToList();
            refusals.UnionWith(outcome.Violations.Select(violation => $"{violation.Field}: {violation.Description}"));
            if (round == MaxRounds || paths.Count == 0)
            {
                throw new InvalidOperationException(
                    $"No form of {submission.Descriptor.FullName} was found that is accepted; add the values that it wants to {nameof(Candidates)}. It was told: {string.Join(" ", refusals)} The last was {submission}. Accepted before were: {string.Join(" ", subject.Samples.Select(sample => sample.Submission))}");
            }

            foreach (var path in paths)
            {
                var field = FieldPath.Find(submission.Descriptor, path)
                    ?? throw new InvalidOperationException($"{submission.Descriptor.FullName} was refused for a field that it does not have: {path}. {outcome}");
                var candidates = Candidates.For(field.Field, subject);
                var next = tried.GetValueOrDefault(path);
                field.Set(submission, candidates[next % candidates.Count]);
                tried[path] = next + 1;
            }
        }
    }

    /// <summary>Fills in whatever else of the form can be: a fuller form has more to attack.</summary>
    /// <param name="submission">An accepted submission.</param>
    public async Task FillAsync(IMessage submission)
    {
        var form = Submissions.FormFieldOf(submission).Name + ".";
        foreach (var leaf in FieldPath.Leaves(submission).Where(leaf => leaf.ToString().StartsWith(form, StringComparison.Ordinal)).ToList())
        {
            // Dates that are not required say that something ended, after which other forms would be refused.
            if (!IsSet(leaf, submission) && !leaf.Field.Name.EndsWith("_date", StringComparison.Ordinal))
            {
                await SetAsync(submission, leaf);
            }
        }
    }

    private async Task SetAsync(IMessage submission, FieldPath leaf)
    {
        foreach (var value in Candidates.For(leaf.Field, subject).Take(MaxValuesTriedForMore))
        {
            var fuller = Submissions.Clone(submission);
            leaf.Set(fuller, value);
            if ((await send(fuller)).Code == StatusCode.OK)
            {
                leaf.Set(submission, value);
                return;
            }
        }
    }

    private static bool IsSet(FieldPath leaf, IMessage submission)
    {
        var owner = leaf.OwnerIn(Submissions.Clone(submission));
        return leaf.Field switch
        {
            { IsRepeated: true } => ((System.Collections.IList)leaf.Field.Accessor.GetValue(owner)).Count > 0,
            { HasPresence: true } => leaf.Field.Accessor.HasValue(owner),
            { FieldType: FieldType.String } => ((string)leaf.Field.Accessor.GetValue(owner)).Length > 0,
            // A number or an answer that is 0 may be meant so.
            _ => false,
        };
    }
}
