// Quality of life: qol.md. The scores are made anew from the answers, and so is the visit that a questionnaire counts for.

import { by, day, sum } from './records.mjs';
import { LIFE, outside } from './schedule.mjs';
import { tQuantile } from './statistics.mjs';
import { count, line, number, part, piece } from './words.mjs';

const answersOf = (form, items) => items.map(item => form.answers?.find(one => one.item === item)?.score).filter(score => score > 0);

// A scale is scored when half of its items are answered; high is good for functions, bad for symptoms.
const scale = (kind, items) => form => {
  const given = answersOf(form, items);
  if (given.length * 2 < items.length || form.instrumentVersion !== '3.0') return null;
  const raw = (sum(given) / given.length - 1) / (kind === 'global' ? 6 : 3);
  return 100 * (kind === 'function' ? 1 - raw : raw);
};

const SCALES = {
  QL2: ['Global health status (QL2)', 'global', [29, 30]], PF2: ['Physical functioning (PF2)', 'function', [1, 2, 3, 4, 5]], RF2: ['Role functioning (RF2)', 'function', [6, 7]],
  EF: ['Emotional functioning (EF)', 'function', [21, 22, 23, 24]], CF: ['Cognitive functioning (CF)', 'function', [20, 25]], SF: ['Social functioning (SF)', 'function', [26, 27]],
  FA: ['Fatigue (FA)', 'symptom', [10, 12, 18]], NV: ['Nausea and vomiting (NV)', 'symptom', [14, 15]], PA: ['Pain (PA)', 'symptom', [9, 19]], DY: ['Dyspnoea (DY)', 'symptom', [8]],
  SL: ['Insomnia (SL)', 'symptom', [11]], AP: ['Appetite loss (AP)', 'symptom', [13]], CO: ['Constipation (CO)', 'symptom', [16]], DI: ['Diarrhoea (DI)', 'symptom', [17]],
  FI: ['Financial difficulties (FI)', 'symptom', [28]],
};

// The mean of 13 scales, all of which must be there.
function summaryScore(form) {
  const scores = Object.entries(SCALES).filter(([name]) => name !== 'QL2' && name !== 'FI').map(([, [, kind, items]]) => {
    const score = scale(kind, items)(form);
    return score === null ? null : kind === 'symptom' ? 100 - score : score;
  });
  return scores.includes(null) ? null : sum(scores) / scores.length;
}

// Decrements of levels 2 and up, in thousandths, in the order MO SC UA PD AD: Luo 2017 and Liu 2014.
const FIVE = [[66, 158, 287, 345], [48, 116, 210, 253], [45, 107, 194, 233], [58, 138, 252, 302], [49, 118, 215, 258]];
const THREE = [[99, 246], [105, 208], [74, 193], [92, 236], [86, 205]];

const index = (decrements, levels) => form => {
  const state = [1, 2, 3, 4, 5].map(item => form.answers?.find(one => one.item === item)?.score);
  if (!state.every(one => one >= 1 && one <= levels)) return null;
  const lost = sum(state.map((one, i) => one === 1 ? 0 : decrements[i][one - 2]));
  const [anyProblem, anyWorst] = levels === 3 ? [state.some(one => one > 1) ? 39 : 0, state.includes(3) ? 22 : 0] : [0, 0];
  return (1000 - lost - anyProblem - anyWorst) / 1000;
};

const SCORES = [
  ...Object.values(SCALES).map(([label, kind, items]) => ({ label, good: kind === 'symptom' ? -1 : 1, least: 10, forms: one => one.forms.qlq_c30 ?? [], value: scale(kind, items) })),
  { label: 'QLQ-C30 summary score', good: 1, least: 10, forms: one => one.forms.qlq_c30 ?? [], value: summaryScore },
  // 0.069 of the index: the mean move by one level over the states of the Chinese 5L set, qol.md 2.6. An instrument and its value set are compared with themselves alone.
  ...[['EQ-5D-5L', 'eq5d5l', index(FIVE, 5)], ['EQ-5D-3L', 'eq5d3l', index(THREE, 3)]].flatMap(([name, kind, value]) => [
    { label: `${name} index`, good: 1, least: 0.069, forms: one => one.forms[kind] ?? [], value },
    { label: `EQ VAS (${name})`, good: 1, least: 7, forms: one => one.forms[kind] ?? [], value: form => form.vasScore ?? null },
  ]),
];

// The stated visit when the date lies in its window, else the one with the nearest window: contract of the computed scores.
function visitOf(form, infusion) {
  const [stated, date] = [(form.visit ?? '').replace('VISIT_', ''), day(form.completionDate)];
  if (date === null || stated === 'UNSCHEDULED' || stated === 'LATER') return null;
  if (LIFE[stated] && outside(date - infusion, LIFE[stated]) === 0) return stated;
  const far = name => Math.abs(outside(date - infusion, LIFE[name]));
  const nearest = Object.keys(LIFE).sort((a, b) => far(a) - far(b))[0];
  return LIFE[stated] || far(nearest) <= 28 ? nearest : null;
}

const VISITS = [4, 8, 12, 24];
const DRAWN = ['Global health status (QL2)', 'Physical functioning (PF2)', 'Fatigue (FA)', 'Pain (PA)', 'EQ-5D-5L index', 'EQ VAS (EQ-5D-5L)'];
const NO_VALUES = 'not estimable: no values';
const mean = values => sum(values) / values.length;

const scored = (one, { forms, value }) => forms(one).filter(form => (form.notDoneReason ?? 'MISSING_REASON_UNSPECIFIED') === 'MISSING_REASON_UNSPECIFIED' && value(form) !== null)
  .map(form => ({ form, date: day(form.completionDate), score: value(form) })).filter(({ date }) => date !== null).sort(by(({ date }) => date));

// The last value that is not missing before the infusion (cdisc.md, 6), the day of infusion included; at a visit the first one.
const baselineOf = (one, score) => scored(one, score).filter(({ date }) => date <= one.infusion).at(-1)?.score ?? null;
const scoreAt = (one, visit, score) => scored(one, score).find(({ form }) => visitOf(form, one.infusion) === visit)?.score ?? null;

const changesOf = (all, week, score) => all.map(one => [baselineOf(one, score), scoreAt(one, `WEEK_${week}`, score)])
  .filter(pair => !pair.includes(null)).map(([before, then]) => then - before);

function change(values) {
  const [n, middle] = [values.length, mean(values)];
  if (n < 2) return n === 0 ? NO_VALUES : `${number(middle)}; n = 1`;
  const half = (tQuantile(n - 1) * Math.sqrt(sum(values.map(one => (one - middle) ** 2)) / (n - 1))) / Math.sqrt(n);
  return `${number(middle)} (${number(middle - half)} to ${number(middle + half)}); n = ${count(n)}`;
}

// Better and worse by at least the threshold; scores are thirds, so a hair less is as much.
function shares(values, { good, least }) {
  const [better, worse] = [1, -1].map(way => values.filter(one => way * good * one >= least - 1e-9).length);
  return values.length === 0 ? part(0, 0) : `${part(better, values.length)}; ${part(worse, values.length)}; n = ${count(values.length)}`;
}

export function qualityOfLife(all, groups = []) {
  const changes = new Map(SCORES.map(score => [score, VISITS.map(week => changesOf(all, week, score))]));
  const course = score => VISITS.flatMap((week, i) => changes.get(score)[i].length === 0 ? [] : [`week ${week} ${number(mean(changes.get(score)[i]))}`]).join(', ');
  const drawn = SCORES.filter(score => DRAWN.includes(score.label) && changes.get(score).some(values => values.length > 0));
  const words = `${drawn.map(score => `${score.label}: ${course(score)}`).join('; ')}.`;
  const weeks = VISITS.map(week => `Week ${week}`);
  const panels = drawn.map(({ label }) => piece([label]));
  return {
    lines: [
      words, words, line('Score', 'Baseline', ...weeks),
      ...SCORES.map(score => {
        const baseline = all.map(one => baselineOf(one, score)).filter(value => value !== null);
        return line(score.label, baseline.length === 0 ? NO_VALUES : `${number(mean(baseline))}; n = ${count(baseline.length)}`, ...changes.get(score).map(change));
      }),
      line('Score', ...weeks), ...SCORES.map(score => line(score.label, ...changes.get(score).map(values => shares(values, score)))),
      ...groups.length === 0 ? [] : [
        line('Score', ...groups.flatMap(([label]) => VISITS.map(week => `${label}: week ${week}`))),
        ...SCORES.map(score => line(score.label, ...groups.flatMap(([, list]) => VISITS.map(week => change(changesOf(list, week, score)))))),
      ],
    ],
    figures: { 'quality-of-life-panels-wide': panels, 'quality-of-life-panels-narrow': panels },
  };
}
