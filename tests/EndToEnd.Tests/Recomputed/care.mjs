// Hospital stays and the use of care: clinical domain 3.8 and 3.9, exposure by the analysis plan.

import { by, completed, day, dayInChina, most, sum } from './records.mjs';
import { observedUntil } from './subjects.mjs';
import { count, heading, rate, row, share, summary } from './words.mjs';

const REASONS = {
  PLANNED_CART: 'Planned, for eque-cel', ADVERSE_EVENT: 'Adverse event', INFECTION: 'Infection', PROGRESSIVE_DISEASE: 'Progression', SUPPORTIVE_CARE: 'Supportive care', OTHER: 'Other',
};
const OUTCOMES = {
  RECOVERED: 'Recovered', IMPROVED: 'Improved', UNCHANGED: 'Unchanged', DIED: 'Died', TRANSFERRED: 'Transferred', LEFT_AGAINST_ADVICE: 'Left against advice', ONGOING: 'Goes on',
};

const isIndex = stay => stay.kind === 'KIND_INDEX';

// Those that reach the infusion or begin after it; of those that ended nobody knows when, that with the infusion and later ones.
const staysOf = one => (one.forms.hospital_stay ?? []).map(stay => ({ ...stay, from: day(stay.admissionDate), to: day(stay.dischargeDate) }))
  .map(stay => ({ ...stay, known: stay.ongoing || stay.to !== null }))
  .filter(stay => stay.from !== null && !(stay.to !== null && stay.to < one.infusion) && (stay.known || stay.from >= one.infusion || isIndex(stay)));
const allKnown = stays => stays.every(stay => stay.known);

// A stay that goes on counts to the last day on which anything is known of the participant; the references say "to the cut-off", and there is none.
const lastKnown = one => one.death ?? most([one.alive, one.infusion, ...(one.forms.hospital_stay ?? []).map(stay => day(stay.dischargeDate) ?? day(stay.admissionDate)).filter(date => date !== null)]);

// Half-open days of stays of which those that overlap or touch are one; a stay of one day is a day. What began before a day counts from it, and what ended on it has none.
function daysOf(stays, until, from = -Infinity) {
  const merged = [];
  for (const stay of stays.filter(one => one.from <= until).sort(by(one => one.from))) {
    const to = Math.min(stay.to ?? until, until);
    if (merged.length > 0 && stay.from <= merged.at(-1).to) merged.at(-1).to = Math.max(merged.at(-1).to, to);
    else merged.push({ from: stay.from, to });
  }
  return sum(merged.map(one => Math.max(0, Math.max(one.to, one.from + 1) - Math.max(one.from, from))));
}

function intensive(one) {
  const periods = staysOf(one).flatMap(stay => stay.icuPeriods ?? []).filter(period => period.inTime)
    .map(period => ({ from: dayInChina(period.inTime), to: period.outTime ? dayInChina(period.outTime) : null }))
    .filter(period => !(period.to !== null && period.to < one.infusion));
  return periods.length === 0 ? [] : [daysOf(periods, lastKnown(one), one.infusion)];
}

export function hospitalStays(columns) {
  const told = (label, test) => row(label, columns, list => share(list.filter(test).length, list.length));
  const stays = list => list.flatMap(staysOf);
  const counted = (labels, of) => Object.entries(labels).map(([value, label]) => row(label, columns, list => count(stays(list).filter(stay => of(stay) === value).length)));
  return {
    lines: [
      heading(columns), told('Any stay', one => staysOf(one).length > 0), told('Stay other than the one of the infusion', one => staysOf(one).some(stay => !isIndex(stay))),
      row('Stays', columns, list => count(stays(list).length)),
      row('Days of the stay with the infusion, days', columns, list => summary(list.flatMap(one => staysOf(one).filter(stay => isIndex(stay) && stay.known).map(stay => daysOf([stay], lastKnown(one)))))),
      row('Days in hospital from infusion on, a participant, days', columns, list => summary(list.filter(one => allKnown(staysOf(one))).map(one => daysOf(staysOf(one), lastKnown(one), one.infusion)))),
      told('Intensive care', one => intensive(one).length > 0), row('Days in intensive care, days', columns, list => summary(list.flatMap(intensive))),
      ...counted(REASONS, stay => stay.reason.replace('REASON_', '')), ...counted(OUTCOMES, stay => stay.ongoing ? 'ONGOING' : (stay.outcome ?? '').replace('OUTCOME_', '')),
    ],
  };
}

const end = one => observedUntil(one, 168);
const within = (one, text) => { const date = completed(text, one.infusion); return date !== null && date >= one.infusion && date <= end(one); };
const dated = (kind, field = 'date') => one => (one.forms[kind] ?? []).filter(form => within(one, form[field]));
const encounters = kind => one => dated('healthcare_encounter')(one).filter(form => form.kind === `KIND_${kind}`).length;
const observedStays = one => staysOf(one).filter(stay => stay.from <= end(one));

// A prescription is new as the site states; else when it started on or after the infusion.
const USES = {
  'Hospital stays': one => observedStays(one).length,
  'Hospital stays without the one of the infusion': one => observedStays(one).filter(stay => !isIndex(stay)).length,
  'Days in hospital': one => allKnown(observedStays(one)) ? daysOf(observedStays(one), end(one), one.infusion) : null,
  'Emergency visits': encounters('EMERGENCY'), 'Outpatient visits': encounters('OUTPATIENT'), 'Day ward visits': encounters('DAY_WARD'), 'Telemedicine contacts': encounters('TELEMEDICINE'),
  'New prescriptions': one => dated('prescription', 'startDate')(one).filter(form => form.newlyStarted !== 'YES_NO_UNKNOWN_NO').length,
  'Transfused units': one => sum(dated('transfusion')(one).map(form => form.units)),
  'Immunoglobulin infusions': one => dated('immunoglobulin_infusion')(one).length,
};

export function resourceUse(columns) {
  const exposure = list => sum(list.map(one => end(one) - one.infusion + 1));
  return {
    lines: [heading(columns), ...Object.entries(USES).flatMap(([label, use]) => {
      const known = list => list.filter(one => use(one) !== null);
      return [
        row(label, columns, list => share(list.filter(one => use(one) > 0).length, list.length)),
        row('Rate per 100 person-months', columns, list => rate(sum(known(list).map(use)), exposure(known(list)))),
        row('A participant', columns, list => summary(known(list).map(use))),
      ];
    })],
  };
}
