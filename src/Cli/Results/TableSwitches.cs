using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using Equecel.Analytics.V1;

namespace Equecel.Cli.Results;

/// <summary>The options that say how a table is made. What a table does not have, the platform refuses.</summary>
internal sealed class TableSwitches
{
    private readonly Option<double> level = new("--level") { Description = "Confidence level of the intervals, above 0 and below 1.", HelpName = "share", DefaultValueFactory = _ => 0.95 };
    private readonly Option<string> interval = new("--interval") { Description = "How intervals of shares are made.", DefaultValueFactory = _ => "clopper-pearson" };
    private readonly Option<string> response = new("--response") { Description = "Whose judgement of the response counts.", DefaultValueFactory = _ => "as-assessed" };
    private readonly Option<int> tolerance = new("--tolerance") { Description = "Of best-response: days beyond the 168 after infusion in which a response still counts, 0 to 28. None when not given.", HelpName = "days" };
    private readonly Option<bool> evaluableOnly = new("--evaluable-only") { Description = "Of best-response: only participants with at least one evaluable assessment after infusion." };
    private readonly Option<int?> window = AboveZero<int>("--window", "days", "Of adverse events: last day after infusion on which an onset counts, 1 to 3650. 168 when not given.");
    private readonly Option<bool> rates = new("--rates") { Description = "Of adverse events: rates per 100 person-months as well, of participants to their first event and of all events." };
    private readonly Option<double?> qlqC30 = AboveZero<double>("--qlq-c30-threshold", "points", "Of quality-of-life: points of a QLQ-C30 scale that make a change, up to 100. 10 when not given.");
    private readonly Option<double?> eq5d = AboveZero<double>("--eq5d-threshold", "difference", "Of quality-of-life: difference of the EQ-5D index that makes a change, up to 2. 0.069 when not given.");

    /// <summary>Makes them.</summary>
    public TableSwitches()
    {
        interval.AcceptOnlyFromAmong("clopper-pearson", "wilson");
        response.AcceptOnlyFromAmong("as-assessed", "confirmed", "algorithmic");
    }

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        foreach (var option in (System.CommandLine.Option[])[level, interval, response, tolerance, evaluableOnly, window, rates, qlqC30, eq5d])
        {
            command.Add(option);
        }
    }

    /// <summary>Sets the fields of a request that they are about.</summary>
    /// <param name="request">The request.</param>
    /// <param name="parsed">The command line.</param>
    public void Set(GetTableRequest request, ParseResult parsed)
    {
        request.ConfidenceLevel = parsed.GetValue(level);
        request.ProportionInterval = parsed.GetValue(interval) == "wilson" ? ProportionInterval.Wilson : ProportionInterval.ClopperPearson;
        request.ResponseBasis = parsed.GetValue(response) switch
        {
            "confirmed" => ResponseBasis.Confirmed,
            "algorithmic" => ResponseBasis.Algorithmic,
            _ => ResponseBasis.AsAssessed,
        };
        request.WindowToleranceDays = parsed.GetValue(tolerance);
        request.EvaluableOnly = parsed.GetValue(evaluableOnly);
        request.AdverseEventWindowDays = parsed.GetValue(window) ?? 0;
        request.ExposureAdjustedRates = parsed.GetValue(rates);
        request.QlqC30Threshold = parsed.GetValue(qlqC30) ?? 0;
        request.Eq5DThreshold = parsed.GetValue(eq5d) ?? 0;
    }

    // On the wire 0 is what was not given, so that somebody who means none would get the usual.
    private static Option<T?> AboveZero<T>(string name, string helpName, string description)
        where T : struct, INumber<T> => new(name) { Description = description, HelpName = helpName, CustomParser = result => Parse<T>(name, result) };

    private static T? Parse<T>(string name, ArgumentResult result)
        where T : struct, INumber<T>
    {
        var text = result.Tokens[0].Value;
        if (T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > T.Zero)
        {
            return number;
        }

        result.AddError($"'{text}' is no number above 0 for {name}.");
        return null;
    }
}
