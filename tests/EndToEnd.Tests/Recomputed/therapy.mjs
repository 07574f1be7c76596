// Lines of therapy before the infusion: what they exposed to and what the disease was refractory to, by clinical domain, 1.1.

import { allOf, anyOf } from './baseline.mjs';
import { by, day, least, monthEnd, monthStart } from './records.mjs';
import { heading, part, row, summary } from './words.mjs';

const [YES, NO, UNKNOWN] = ['YES', 'NO', 'UNKNOWN'];
const RESPONSES = ['PROGRESSIVE_DISEASE', 'STABLE_DISEASE', 'MINIMAL', 'PARTIAL', 'VERY_GOOD_PARTIAL', 'COMPLETE', 'STRINGENT_COMPLETE'];
const rank = line => RESPONSES.indexOf((line.bestResponse ?? '').replace('THERAPY_RESPONSE_', ''));
const linesOf = one => [...(one.forms.prior_line ?? [])].sort(by(line => line.lineNumber));
const given = (one, line = null) => (line ? [line] : linesOf(one)).flatMap(each =>
  each.treatments.map(drug => ({ ...drug, line: each, therapyClass: drug.therapyClass.replace('THERAPY_CLASS_', '') })));

// First and last possible day of a date that may lack its day or month.
function span(text) {
  if (day(text) !== null) return [day(text), day(text)];
  if (monthStart(text) !== null) return [monthStart(text), monthEnd(text)];
  return /^\d{4}$/.test(text ?? '') ? [monthStart(`${text}-01`), monthEnd(`${text}-12`)] : null;
}

// Before leukapheresis; where there is none, before the infusion. The first one counts.
const before = one => least([...(one.forms.leukapheresis ?? []).map(each => day(each.collectionDate)).filter(date => date !== null)]);

function exposedBy(one, drug) {
  const limit = Number.isFinite(before(one)) ? before(one) : one.infusion;
  const first = span(drug.firstDoseDate ?? drug.line.startDate);
  return first === null ? UNKNOWN : first[1] < limit ? YES : first[0] >= limit ? NO : UNKNOWN;
}

function refractoryTo(drug) {
  const { line } = drug;
  if (rank(line) === 0 || rank(line) === 1) return YES;
  if (line.progressed !== 'YES_NO_UNKNOWN_YES') return line.progressed === 'YES_NO_UNKNOWN_NO' ? NO : UNKNOWN;
  const [progression, last] = [span(line.progressionDate), span(drug.lastDoseDate)];
  const [low, high] = progression && last ? [progression[0] - last[1], progression[1] - last[0]] : [null, null];
  if (low === null) return UNKNOWN;
  if (high <= 60) return YES;
  return low > 60 ? NO : UNKNOWN;
}

const isOf = (...classes) => drug => classes.includes(drug.therapyClass);
const some = answers => answers.length === 0 ? NO : anyOf(answers);
const exposed = (one, test) => some(given(one).filter(test).map(drug => exposedBy(one, drug)));
const refractory = (one, test) => some(given(one).filter(test).map(refractoryTo));

function counted(one, test, answer, least) {
  const agents = new Map();
  for (const drug of given(one).filter(test)) agents.set(drug.agent + (drug.name ?? ''), [...(agents.get(drug.agent + (drug.name ?? '')) ?? []), answer(drug)]);
  const answers = [...agents.values()].map(anyOf);
  const [yes, open] = [YES, UNKNOWN].map(value => answers.filter(each => each === value).length);
  return yes >= least ? YES : yes + open < least ? NO : UNKNOWN;
}

const THREE = ['PI', 'IMID', 'ANTI_CD38'];
const five = (one, answer) => allOf([counted(one, isOf('PI'), answer, 2), counted(one, isOf('IMID'), answer, 2), counted(one, isOf('ANTI_CD38'), answer, 1)]);
const lastLine = one => some(given(one, linesOf(one).at(-1)).map(refractoryTo));
const responded = one => some(linesOf(one).map(line => rank(line) < 0 ? UNKNOWN : rank(line) >= 2 ? YES : NO));
const not = answer => answer === YES ? NO : answer === NO ? YES : UNKNOWN;
const BCMA = ['BCMA_CART', 'BCMA_BISPECIFIC', 'BCMA_ADC'];

const QUESTIONS = {
  'Exposed to a proteasome inhibitor': one => exposed(one, isOf('PI')), 'Refractory to a proteasome inhibitor': one => refractory(one, isOf('PI')),
  'Exposed to an immunomodulator': one => exposed(one, isOf('IMID')), 'Refractory to an immunomodulator': one => refractory(one, isOf('IMID')),
  'Exposed to an anti-CD38 antibody': one => exposed(one, isOf('ANTI_CD38')), 'Refractory to an anti-CD38 antibody': one => refractory(one, isOf('ANTI_CD38')),
  'Triple-class exposed': one => allOf(THREE.map(name => exposed(one, isOf(name)))), 'Triple-class refractory': one => allOf(THREE.map(name => refractory(one, isOf(name)))),
  'Penta-drug exposed': one => five(one, drug => exposedBy(one, drug)), 'Penta-drug refractory': one => five(one, refractoryTo),
  'Refractory to the last line': lastLine, 'Relapsed and refractory': one => allOf([responded(one), lastLine(one)]), 'Primary refractory': one => not(responded(one)),
  'Autologous transplant before': one => exposed(one, isOf('ASCT')), 'BCMA-directed therapy before': one => exposed(one, isOf(...BCMA)),
  'CAR-T cells before': one => exposed(one, isOf('BCMA_CART', 'OTHER_CART')),
};

export function priorTherapy(columns) {
  const lines = one => linesOf(one).length;
  return {
    lines: [
      heading(columns), row('Lines of therapy', columns, list => summary(list.map(lines).filter(n => n > 0))),
      row('3 lines and more', columns, list => part(list.filter(one => lines(one) >= 3).length, list.length, list.filter(one => lines(one) > 0).length)),
      ...Object.entries(QUESTIONS).map(([label, question]) => row(label, columns, list => {
        const answers = list.map(question);
        return part(answers.filter(one => one === YES).length, list.length, answers.filter(one => one !== UNKNOWN).length);
      })),
    ],
  };
}
