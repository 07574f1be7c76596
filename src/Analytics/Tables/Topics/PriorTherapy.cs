using Equecel.Common.V1;
using Equecel.Enrolment.V1;

namespace Equecel.Analytics.Tables.Topics;

/// <summary>Lines of therapy before the infusion, what they exposed to and what the disease was refractory to.</summary>
/// <remarks>Clinical domain reference, section 1.1, prior lines.</remarks>
internal sealed class PriorTherapy : Topic
{
    private static readonly (string Key, string Label, string LabelZh, Func<BaselineProfile, YesNoUnknown> Answer)[] Questions =
    [
        ("pi-exposed", "Exposed to a proteasome inhibitor", "使用过蛋白酶体抑制剂", profile => profile.PiExposed),
        ("pi-refractory", "Refractory to a proteasome inhibitor", "蛋白酶体抑制剂难治", profile => profile.PiRefractory),
        ("imid-exposed", "Exposed to an immunomodulator", "使用过免疫调节剂", profile => profile.ImidExposed),
        ("imid-refractory", "Refractory to an immunomodulator", "免疫调节剂难治", profile => profile.ImidRefractory),
        ("anti-cd38-exposed", "Exposed to an anti-CD38 antibody", "使用过抗CD38抗体", profile => profile.AntiCd38Exposed),
        ("anti-cd38-refractory", "Refractory to an anti-CD38 antibody", "抗CD38抗体难治", profile => profile.AntiCd38Refractory),
        ("triple-class-exposed", "Triple-class exposed", "三类药物暴露", profile => profile.TripleClassExposed),
        ("triple-class-refractory", "Triple-class refractory", "三类药物难治", profile => profile.TripleClassRefractory),
        ("penta-drug-exposed", "Penta-drug exposed", "五药暴露", profile => profile.PentaDrugExposed),
        ("penta-drug-refractory", "Penta-drug refractory", "五药难治", profile => profile.PentaDrugRefractory),
        ("refractory-to-last-line", "Refractory to the last line", "末线治疗难治", profile => profile.RefractoryToLastLine),
        ("relapsed-and-refractory", "Relapsed and refractory", "复发且难治", profile => profile.RelapsedAndRefractory),
        ("primary-refractory", "Primary refractory", "原发难治", profile => profile.PrimaryRefractory),
        ("prior-asct", "Autologous transplant before", "既往自体移植", profile => profile.PriorAsct),
        ("prior-bcma", "BCMA-directed therapy before", "既往BCMA靶向治疗", profile => profile.PriorBcma),
        ("prior-cart", "CAR-T cells before", "既往CAR-T治疗", profile => profile.PriorCart),
    ];

    /// <inheritdoc/>
    public override V1.Topic Name => V1.Topic.PriorTherapy;

    /// <inheritdoc/>
    public override (string En, string Zh) Title => ("Prior lines of therapy", "既往治疗");

    /// <inheritdoc/>
    public override (string En, string Zh) Method(TableQuestion question) => (
        "Counts and distributions of all infused; exposure before leukapheresis; refractory as IMWG 2011 defines it (progression on or within 60 days of a drug, or no minimal response)",
        "全部回输受试者的例数与分布；暴露：单采之前；难治按IMWG 2011定义（用药期间或停药60天内进展，或未达微小缓解）");

    /// <inheritdoc/>
    public override void Define(Sheet sheet, TableQuestion question)
    {
        sheet.Row(Rows.Summary("lines", "Lines of therapy", "治疗线数", ""));
        sheet.Row(Rows.ShareOfKnown("lines/from-3", "3 lines and more", "3线及以上", 1));
        foreach (var (key, label, labelZh, _) in Questions)
        {
            sheet.Row(Rows.ShareOfKnown(key, label, labelZh));
        }
    }

    /// <inheritdoc/>
    public override void Add(Sheet sheet, Subject subject, TableQuestion question)
    {
        foreach (var (profile, record) in subject.Dossier.All<BaselineProfile>().Take(1).Select(found => (found.Form, found.Record)))
        {
            var sources = subject.Dossier.All<PriorLine>().Select(found => found.Record).Prepend(record).ToList();
            if (profile.HasPriorLineCount)
            {
                var words = $"{profile.PriorLineCount} lines";
                sheet["lines"].Add(profile.PriorLineCount, words, sources);
                sheet["lines/from-3"].Ask(words, sources);
                if (profile.PriorLineCount >= 3)
                {
                    sheet["lines/from-3"].Count(words, sources);
                }
            }

            foreach (var (key, _, _, answer) in Questions)
            {
                // Of those of whom it is known.
                var known = answer(profile);
                if (known is YesNoUnknown.Yes or YesNoUnknown.No)
                {
                    sheet[key].Ask(Rows.Key(known), sources);
                }

                if (known == YesNoUnknown.Yes)
                {
                    sheet[key].Count("yes", sources);
                }
            }
        }
    }
}
