using Equecel.Analytics.Cohort;
using Equecel.Analytics.Derivation;
using Equecel.Analytics.Dossiers;
using Equecel.Assessment.V1;
using Equecel.Common.V1;
using Equecel.Enrolment.V1;
using Equecel.Safety.V1;

namespace Equecel.Analytics.Tables.Topics;

/// <summary>From the last line of therapy over bridging and infusion to what came first after it, as nodes and the flows between them.</summary>
internal sealed class TreatmentFlow : Topic
{
    private static readonly Node Infused = new("infusion/eque-cel", "Eque-cel", "伊基奥仑赛");

    private static readonly (string Key, string Label, string LabelZh)[] Stages =
    [
        ("last-line", "Last line of therapy before", "既往末线治疗"),
        ("bridging", "Bridging therapy", "桥接治疗"),
        ("infusion", "Infusion", "回输"),
        ("outcome", "First after the infusion", "回输后首个转归"),
        ("flow", "Flows", "流向"),
    ];

    /// <inheritdoc/>
    public override V1.Topic Name => V1.Topic.TreatmentFlow;

    /// <inheritdoc/>
    public override (string En, string Zh) Title => ("Treatment flow", "治疗流向");

    /// <inheritdoc/>
    public override (string En, string Zh) Method(TableQuestion question) => (
        "All infused, each once in every stage; regimens by the classes of their treatments, steroids named only when alone; after the infusion: the first new therapy, else death, "
        + "else progression without therapy, else the last adequate assessment as the investigator recorded it",
        "全部回输受试者，每阶段各计一次；方案按其治疗类别，激素仅在单用时列出；回输后：首个新治疗，否则死亡，否则未再治疗的疾病进展，否则研究者记录的末次充分评估");

    /// <inheritdoc/>
    public override void Define(Sheet sheet, TableQuestion question)
    {
        foreach (var (key, label, labelZh) in Stages)
        {
            sheet.Row(Rows.Heading(key, label, labelZh));
        }

        sheet.Row(RowOf(Infused));
    }

    /// <inheritdoc/>
    public override void Add(Sheet sheet, Subject subject, TableQuestion question)
    {
        Step[] way = [LastLine(subject.Dossier), BridgingOf(subject.Dossier), new(Infused, Records<Infusion>(subject.Dossier)), Outcome(subject)];
        foreach (var step in way)
        {
            sheet.Row(RowOf(step.Node)).Count(step.Node.Label, step.Sources);
        }

        foreach (var (from, to) in way.Zip(way.Skip(1)))
        {
            var flow = new RowDefinition(
                $"flow/{from.Node.Key}>{to.Node.Key}", $"{from.Node.Label} → {to.Node.Label}", $"{from.Node.LabelZh} → {to.Node.LabelZh}", Level: 1, Flow: (from.Node.Key, to.Node.Key));
            sheet.Row(flow).Count(flow.Label, [.. from.Sources, .. to.Sources]);
        }
    }

    /// <inheritdoc/>
    public override void Finish(Sheet sheet) => sheet.Sort(row => row.Definition is var definition && definition.Level == 0
        ? (StageOf(definition.Key), -1, 0, definition.Key)
        : (StageOf(definition.Key), definition.Flow is { From: var from } ? StageOf(from) : 0, -row.ParticipantCount, definition.Key));

    private static int StageOf(string key) => Array.FindIndex(Stages, stage => stage.Key == key.Split('/')[0]);

    private static RowDefinition RowOf(Node node) => Rows.Share(node.Key, node.Label, node.LabelZh, 1);

    private static Step LastLine(Dossier dossier) => dossier.All<PriorLine>().OrderBy(found => found.Form.LineNumber).ToList() is [.., var last]
        ? new(Node.Of("last-line", Regimen.Of(last.Form.Treatments)), [last.Record])
        : new(new Node("last-line/none", "No line recorded", "无既往治疗记录"), []);

    private static Step BridgingOf(Dossier dossier)
    {
        var all = dossier.All<Bridging>().Where(found => !found.Form.SecondInfusion).ToList();
        var given = all.Where(found => found.Form.Given == YesNoUnknown.Yes).ToList();
        DossierRecord[] sources = [.. all.Select(found => found.Record)];
        return given.Count > 0 ? new(Node.Of("bridging", Regimen.Of(given.SelectMany(found => found.Form.Treatments))), [.. given.Select(found => found.Record)])
            : all.Exists(found => found.Form.Given == YesNoUnknown.No) ? new(new Node("bridging/none", "No bridging", "无桥接治疗"), sources)
            : new(new Node("bridging/not-known", "Bridging not known", "桥接治疗不详"), sources);
    }

    private static Step Outcome(Subject subject)
    {
        var course = subject.Course!;
        if (course.NewTherapyDate is { } start && !(course.DeathDate < start))
        {
            var begun = subject.Dossier.All<SubsequentTherapy>().Where(found => PartialDate.FindDay(found.Form.StartDate) == start).ToList();
            return begun.Count > 0
                ? new(Node.Of("outcome", Regimen.Of(begun.SelectMany(found => found.Form.Treatments))), [.. begun.Select(found => found.Record)])
                : new(new Node("outcome/second-infusion", "Second infusion", "二次回输"), Records<Infusion>(subject.Dossier));
        }

        var assessments = Records<DiseaseAssessment>(subject.Dossier);
        return course switch
        {
            { DeathByCutoff: not null } => new(new Node("outcome/death", "Death", "死亡"), Records<Death>(subject.Dossier)),
            { Progression: not null } => new(new Node("outcome/progression", "Progression, no therapy yet", "疾病进展，尚未治疗"), assessments),
            { Adequate.Count: 0 } => new(new Node("outcome/not-assessed", "Not assessed yet", "尚未评估"), assessments),
            _ when course.Adequate[^1].Highest >= ResponseCategory.PartialResponse => new(new Node("outcome/in-response", "In response", "持续缓解"), assessments),
            _ => new(new Node("outcome/no-response", "Without response or progression", "未缓解未进展"), assessments),
        };
    }

    private static DossierRecord[] Records<TForm>(Dossier dossier)
        where TForm : class, Google.Protobuf.IMessage => [.. dossier.All<TForm>().Select(found => found.Record)];

    /// <summary>What a participant can come through.</summary>
    private sealed record Node(string Key, string Label, string LabelZh)
    {
        public static Node Of(string stage, Regimen regimen) => new($"{stage}/{regimen.Key}", char.ToUpperInvariant(regimen.Label[0]) + regimen.Label[1..], regimen.LabelZh);
    }

    /// <summary>What the participant came through, and the records that say so.</summary>
    private sealed record Step(Node Node, IReadOnlyList<DossierRecord> Sources);
}
