// Response: best, cumulative incidence, time to it, and the courses of the participants.

import { gray, told as comparison } from './comparison.mjs';
import { MONTH, by, day, dayInChina, most } from './records.mjs';
import { incidenceAt } from './statistics.mjs';
import { toResponse } from './subjects.mjs';
import { regimen } from './treatment.mjs';
import { bars, count, heading, line, marks, part, percent, piece, range, row, share, summary } from './words.mjs';

const LABELS = [
  'Not evaluable (NE)', 'Progressive disease (PD)', 'Stable disease (SD)', 'Minimal response (MR)',
  'Partial response (PR)', 'Very good partial response (VGPR)', 'Complete response (CR)', 'Stringent complete response (sCR)',
];
const SHORT = ['NE', 'PD', 'SD', 'MR', 'PR', 'VGPR', 'CR', 'sCR'];
export const atLeast = (list, rank) => list.filter(one => one.best >= rank).length;
const RATES = [
  ['Overall response rate (sCR, CR, VGPR or PR)', list => atLeast(list, 4)], ['Complete response rate (sCR or CR)', list => atLeast(list, 6)],
  ['VGPR or better', list => atLeast(list, 5)], ['MRD-negative (10⁻⁵) with CR or better', list => list.filter(one => one.mrdNegative).length],
];

export function bestResponse(columns) {
  const [, all] = columns[0];
  const best = rank => all.filter(one => one.best === rank).length;
  const rates = bars('best-response-rates', RATES.map(([label, having]) => [label, share(having(all), all.length), part(having(all), all.length)]));
  const categories = bars('best-response-categories', LABELS.map((label, rank) => [label, share(best(rank), all.length), part(best(rank), all.length)]).reverse());
  return {
    lines: [
      ...rates.lines, ...categories.lines, heading(columns),
      ...RATES.map(([label, having]) => row(label, columns, list => share(having(list), list.length))),
      ...LABELS.map((label, rank) => row(label, columns, list => share(list.filter(one => one.best === rank).length, list.length))).reverse(),
    ],
    figures: { ...rates.figures, ...categories.figures },
  };
}

export function timeToResponse(columns) {
  const days = (list, rank) => list.map(one => toResponse(one, rank)).filter(one => one.outcome === 1).map(one => one.days);
  return {
    lines: [heading(columns), ...[
      [4, 'Responders (PR or better)', 'Time to response, days'], [6, 'Complete responders (CR or sCR)', 'Time to complete response, days'],
    ].flatMap(([rank, who, time]) => [row(who, columns, list => share(days(list, rank).length, list.length)), row(time, columns, list => days(list, rank).length === 0 ? 'not estimable: no responder' : summary(days(list, rank)))])],
  };
}

export function incidence(columns) {
  const [, all] = columns[0];
  const both = [['Response (PR or better)', 4], ['Complete response', 6]].map(([label, rank]) => ({ label, rank, times: all.map(one => toResponse(one, rank)) }));
  const atRisk = (times, month) => count(times.filter(one => one.days >= month * MONTH).length);
  const at = (times, month) => {
    const { share: F, free, lower, upper } = incidenceAt(times, month * MONTH);
    return month * MONTH > most(times.map(one => one.days)) && free > 0 ? 'not estimable: beyond last follow-up' : `${percent(F)} % (${range(lower, upper)})`;
  };
  const having = (times, outcome) => count(times.filter(one => one.outcome === outcome).length);
  const words = both.map(({ label, times }) =>
    `${label}: ${having(times, 1)} of ${count(times.length)}, precluded in ${having(times, 2)}, censored ${having(times, 0)}; by month 3 ${at(times, 3)}.`).join(' ');
  const last = most(both.flatMap(({ times }) => times.map(one => one.days)));
  const apart = both.flatMap(({ rank }) => {
    const told = (label, cell) => row(label, columns, list => cell(list.map(one => toResponse(one, rank))));
    return [
      ...[['With the event', 1], ['Precluded', 2], ['Censored', 0]].map(([label, outcome]) => told(label, times => having(times, outcome))),
      ...[1, 3, 6].map(month => told(`By month ${month}`, times => at(times, month))),
    ];
  });
  const risks = months => both.map(({ label, times }) => piece([label, ...months.map(month => atRisk(times, month))]));
  return {
    lines: [
      words, words, words,
      ...marks(last, 14).map(month => line(month, ...both.flatMap(({ times }) => [atRisk(times, month), at(times, month)]))),
      heading(columns), ...apart,
      ...both.map(({ label, rank }) => comparison(`${label}: Gray's test`, gray(...columns.slice(1).map(([, list]) => list.map(one => toResponse(one, rank)))))),
    ],
    figures: { 'incidence-wide': risks(marks(last, 14)), 'incidence-narrow': risks(marks(last, 6)) },
  };
}

export function swimmer(all) {
  const lanes = all.map(lane).sort((a, b) => b.last - a.last || by(one => one.participant)(a, b)).slice(0, 100);
  const caption = lanes.length === all.length ? [] : [
    `The ${lanes.length} participants of ${count(all.length)} who were followed longest. `
    + 'A lane begins with the infusion; the thick piece is the response as the investigator last recorded it, the thin line time without one.',
  ];
  const labels = lanes.map(one => piece([one.participant]));
  return {
    lines: [...caption, ...caption, ...caption, ...lanes.map(one => line(one.participant, one.last, one.end, one.best, one.spans.join(', '), one.marks.join(', ')))],
    figures: { 'swimmer-wide': labels, 'swimmer-narrow': labels },
  };
}

// A bar from the infusion, day 1, to death or the last day known alive.
function lane(one) {
  const of = date => date - one.infusion + 1;
  const assessed = one.used.filter(each => each.date <= one.therapy);
  const changes = assessed.filter((each, i) => i === 0 || assessed[i - 1].rank !== each.rank);
  const spans = changes.map((each, i) => `${SHORT[each.rank]} ${of(each.date)}–${i + 1 < changes.length ? of(changes[i + 1].date) - 1 : of(assessed.at(-1).date)}`);
  const marked = [
    ...one.pd === null ? [] : [{ date: one.pd, what: 'progression' }],
    ...(one.forms.subsequent_therapy ?? []).filter(therapy => day(therapy.startDate) > one.infusion)
      .map(therapy => ({ date: day(therapy.startDate), what: 'new therapy', detail: ` (${regimen(therapy.treatments)})` })),
    ...one.infusions.slice(1).map(infusion => ({ date: dayInChina(infusion.startTime), what: 'second infusion' })),
    ...one.death === null ? [] : [{ date: one.death, what: 'death' }],
  ].sort((a, b) => a.date - b.date);
  return {
    participant: one.participant, last: Math.max(1, of(one.death ?? Math.max(one.alive, one.infusion))), end: one.death === null ? 'last known alive' : 'death', best: SHORT[one.best], spans,
    marks: marked.map(({ date, what, detail = '' }) => `${what} ${of(date)}${detail}`),
  };
}
