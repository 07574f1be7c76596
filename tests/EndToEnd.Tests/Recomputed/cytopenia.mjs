// Laboratory cytopenias, by the worst grade of four weeks at a time and the grade at baseline: clinical domain 3.7, CTCAE 5.0.

import { by, day } from './records.mjs';
import { count, heading, line, part } from './words.mjs';

// Below which the grade is 2, 3 and 4; a laboratory gives no anaemia of grade 4.
const BLOOD = {
  haemoglobinGPerL: [100, 80], neutrophilsE9PerL: [1.5, 1, 0.5], lymphocytesE9PerL: [0.8, 0.5, 0.2], plateletsE9PerL: [75, 50, 25],
};
const PERIODS = [[0, 28], [29, 56], [57, 84], [85, 112], [113, 140], [141, 168]];

const inWords = grade => grade === 1 ? '0–1' : `${grade}`;

export function cytopenia(columns) {
  return {
    lines: Object.entries(BLOOD).flatMap(([field, bounds]) => {
      const grades = [1, ...bounds.map((_, i) => i + 2)];
      return [
        line('Days and worst grade', heading(columns), ...grades.map(grade => `Grade ${inWords(grade)} at baseline`), 'Not known at baseline'),
        ...PERIODS.flatMap(([first, last]) => ofPeriod(columns, one => worst(one, field, bounds, first, last), grades, `${first} to ${last} days after infusion`)),
      ];
    }),
  };
}

function ofPeriod(columns, worstOf, grades, name) {
  const told = (label, test) => {
    const [found] = columns.map(([, list]) => list.map(worstOf).filter(one => one && test(one)));
    return line(
      label, ...columns.map(([, list]) => part(list.map(worstOf).filter(one => one && test(one)).length, list.length)),
      ...[...grades, null].map(grade => count(found.filter(one => one.from === grade).length)));
  };
  const isMeasured = columns[0][1].some(one => worstOf(one));
  return [told(`${name}: measured`, () => true), ...isMeasured ? grades.map(grade => told(`Worst grade ${inWords(grade)}`, one => one.grade === grade)) : []];
}

// The worst grade of the days after the infusion, and that of the last value up to its day; nothing when nothing was measured.
function worst(one, field, bounds, first, last) {
  const gradeOf = value => 1 + bounds.filter(bound => value < bound).length;
  const values = (one.forms.disease_assessment ?? []).map(form => ({ date: day(form.bloodDate ?? form.responseDate), value: form[field] }))
    .filter(({ date, value }) => date !== null && value !== undefined).sort(by(({ date }) => date));
  const after = values.map(({ date, value }) => ({ after: date - one.infusion, value })).filter(found => found.after > 0 && found.after >= first && found.after <= last);
  const baseline = values.filter(({ date }) => date <= one.infusion).at(-1);
  return after.length === 0 ? null : { grade: Math.max(...after.map(({ value }) => gradeOf(value))), from: baseline ? gradeOf(baseline.value) : null };
}
