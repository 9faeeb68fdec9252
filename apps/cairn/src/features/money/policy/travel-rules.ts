import { listed } from '@cairn/kernel/words';
import { CLASS_NAMES } from './facts-rules.ts';
import {
  type Case,
  factAmount,
  factText,
  find,
  inWords,
  type Judging,
  leftOf,
  rulesOf,
  takeOff,
} from './judging-rules.ts';
import type { FlightLeg } from './policy-rules.ts';
import type { RuleOf } from './rule-schema.ts';

/** What rules say of journeys: the class, and on which carriers. */
export function judgeTravel(of: Case): void {
  const journeys = of.all.filter(({ cost }) => cost.category === 'travel');
  for (const rule of rulesOf(of, 'travel_class')) {
    for (const one of journeys) judgeClass(of, one, rule);
  }
  for (const rule of rulesOf(of, 'carrier_record')) {
    for (const one of journeys) if (factText(one, 'by') === 'air') askRecord(of, one, rule);
  }
}

function judgeClass(of: Case, one: Judging, rule: RuleOf<'travel_class'>): void {
  const said = factText(one, 'class');
  const by = factText(one, 'by');
  if (said === '') {
    if (by !== 'air' && by !== 'train') return;
    find(of, one, rule, { kind: 'missing', blocks: true }, 'Say in which class you travelled.');
    return;
  }
  if (rule.classes.some((each) => each === said)) return;
  const named = CLASS_NAMES.get(said) ?? said;
  const lower = factAmount(one, 'lower_fare', of.circumstances.currency);
  const paid = listed(
    rule.classes.map((each) => CLASS_NAMES.get(each) ?? each),
    'or',
  );
  if (lower === undefined) {
    const say = `This was in ${named}; say what the same journey cost in ${paid} when you booked it.`;
    find(of, one, rule, { kind: 'missing', blocks: true }, say);
    return;
  }
  const why = `This was in ${named}; the same journey cost ${inWords(of, lower)} in ${paid}.`;
  takeOff(of, one, rule, leftOf(one) - lower, why);
}

/** The carrier of a flight, by the designator on the ticket: a code share counts as whose ticket it is. */
const carrierOf = (leg: FlightLeg): string =>
  leg.flight.replace(/\s/g, '').slice(0, 2).toUpperCase();

function askRecord(of: Case, one: Judging, rule: RuleOf<'carrier_record'>): void {
  const said = one.cost.facts['legs'];
  const legs = Array.isArray(said) ? (said as readonly FlightLeg[]) : []; // facts-schema.ts makes no other lists
  if (legs.length === 0) {
    const say =
      'Write down each flight: day, from where to where, and the flight number on the ticket.';
    find(of, one, rule, { kind: 'record', blocks: true }, say);
    return;
  }
  const ours = new Set(rule.carriers.map(({ code }) => code));
  const others = legs.filter((leg) => !ours.has(carrierOf(leg)));
  if (others.length === 0) return;
  const which = listed(others.map((leg) => `${leg.flight} from ${leg.from} to ${leg.to}`));
  const exception = rule.exceptions.find(({ key }) => key === factText(one, 'exception'));
  if (exception === undefined) {
    const say = `${which} ${others.length === 1 ? 'is' : 'are'} on another carrier; choose the exception that allows it.`;
    find(of, one, rule, { kind: 'record', blocks: true }, say);
    return;
  }
  if (factText(one, 'exception_words') === '') {
    const say = `Say how this exception applies to ${which}: “${exception.words}”`;
    find(of, one, rule, { kind: 'record', blocks: true }, say);
    return;
  }
  const say = `${which}: the exception claimed is “${exception.words}” Somebody has to look whether it holds.`;
  find(of, one, rule, { kind: 'look', blocks: false }, say);
}
