import type { Category } from '../category-rules.ts';
import type { PolicyContent } from './policy-rules.ts';
import { CLASSES, type Rule, type RuleOf } from './rule-schema.ts';

/** What is asked of a cost besides its amount, because some rule needs it. */
export interface FactField {
  readonly key: string;
  readonly label: string;
  readonly hint: string;
  /** `money` is an amount in the currency of the slip, `day` an ISO day, `legs` flights, one on a line. */
  readonly kind: 'number' | 'money' | 'text' | 'yes_no' | 'choice' | 'day' | 'legs';
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly isRequired: boolean;
}

/** What classes of travel are called. */
export const CLASS_NAMES: ReadonlyMap<string, string> = new Map([
  ['economy', 'economy'],
  ['premium_economy', 'premium economy'],
  ['business', 'business class'],
  ['first', 'first class'],
]);

const BY = [
  ['air', 'Plane'],
  ['train', 'Train'],
  ['bus', 'Bus or coach'],
  ['ferry', 'Ferry'],
  ['other', 'Something else'],
] as const;

/** The fact under which a part that is not paid is told. */
export const notPaidKey = (rule: RuleOf<'not_paid'>): string => `not_paid_${rule.key}`;

const optional = { isRequired: false } as const;
const required = { isRequired: true } as const;

/** Whether something is asked of a category because of a rule that names categories. */
const isAbout = (
  rule: { readonly categories?: readonly Category[] | undefined },
  category: Category,
) => rule.categories === undefined || rule.categories.includes(category);

/**
 * What to ask of a cost of this category, in the order of a form. Where a line has no rules, only what a treasurer
 * wants to know of any such cost is asked.
 */
export function factsAsked(
  policy: PolicyContent | undefined,
  category: Category,
): readonly FactField[] {
  const asked = [
    ...general(policy, category),
    ...(policy?.rules ?? []).flatMap((rule) => askedBy(rule, category)),
    noReceipt(policy, category),
  ].filter((field) => field !== undefined);
  // Two rules may need the same fact; it is asked once.
  return asked.filter(({ key }, index) => asked.findIndex((each) => each.key === key) === index);
}

function general(policy: PolicyContent | undefined, category: Category): readonly FactField[] {
  if (category === 'lodging') {
    const needed = policy?.rules.some(({ kind }) => kind === 'lodging_cap') ?? false;
    return [
      {
        key: 'nights',
        label: 'Nights',
        hint: 'How many nights this pays for.',
        kind: 'number',
        isRequired: needed,
      },
    ];
  }
  if (category === 'mileage') {
    const rule = policy?.rules.find(({ kind }) => kind === 'mileage');
    const unit = rule?.kind === 'mileage' && rule.unit === 'mile' ? 'Miles' : 'Kilometres';
    return [
      {
        key: 'distance',
        label: unit,
        hint: 'How far you drove in your own car, there and back.',
        kind: 'number',
        isRequired: rule !== undefined,
      },
      {
        key: 'route',
        label: 'From where to where',
        hint: 'The places, such as Portland to Seattle and back.',
        kind: 'text',
        ...optional,
      },
    ];
  }
  return [];
}

function noReceipt(policy: PolicyContent | undefined, category: Category): FactField | undefined {
  const isAsked = (policy?.rules ?? []).some(
    (rule) =>
      rule.kind === 'receipt_above' &&
      rule.statement &&
      (rule.categories?.includes(category) ??
        !['per_diem', 'mileage', 'stipend'].includes(category)),
  );
  const always = policy === undefined && !['per_diem', 'mileage', 'stipend'].includes(category);
  return isAsked || always
    ? {
        key: 'no_receipt',
        label: 'If you have no receipt: why',
        hint: 'Only where a receipt is needed and you have none. A treasurer looks at it.',
        kind: 'text',
        ...optional,
      }
    : undefined;
}

function askedBy(rule: Rule, category: Category): readonly FactField[] {
  switch (rule.kind) {
    case 'no_alcohol':
      return rule.categories.includes(category)
        ? [
            {
              key: 'alcohol',
              label: 'Of this, for alcohol',
              hint: 'What beer, wine and the like cost on this slip; 0 if there was none.',
              kind: 'money',
              ...required,
            },
          ]
        : [];
    case 'not_paid':
      return rule.ask !== undefined && isAbout(rule, category)
        ? [
            {
              key: notPaidKey(rule),
              label: `Of this, for ${rule.ask}`,
              hint: 'Only if there was any.',
              kind: 'money',
              ...optional,
            },
          ]
        : [];
    case 'lodging_cap':
      return category === 'lodging' ? lodgingFacts(rule) : [];
    case 'per_diem':
      return category === 'per_diem' ? perDiemFacts(rule) : [];
    case 'travel_class':
      return category === 'travel' ? [byField, ...classFacts(rule)] : [];
    case 'carrier_record':
      return category === 'travel' ? [byField, ...carrierFacts(rule)] : [];
    case 'receipt_above':
      return rule.itemised &&
        isAbout(rule, category) &&
        category !== 'per_diem' &&
        category !== 'mileage'
        ? [
            {
              key: 'itemised',
              label: 'The slip names each thing bought',
              hint: 'Dishes and drinks, say, and not only the sum.',
              kind: 'yes_no',
              ...optional,
            },
          ]
        : [];
    default:
      return [];
  }
}

const byField: FactField = {
  key: 'by',
  label: 'How you travelled',
  hint: 'The longest part of the way.',
  kind: 'choice',
  options: BY.map(([value, label]) => ({ value, label })),
  ...required,
};

const classFacts = (rule: RuleOf<'travel_class'>): readonly FactField[] => [
  {
    key: 'class',
    label: 'Class',
    hint: 'By plane or train.',
    kind: 'choice',
    options: CLASSES.map((value) => ({ value, label: CLASS_NAMES.get(value) ?? value })),
    ...optional,
  },
  {
    key: 'lower_fare',
    label: `Fare in ${rule.classes.map((each) => CLASS_NAMES.get(each) ?? each).join(' or ')}`,
    hint: 'Only if you travelled in a dearer class: what the same journey cost in this one when you booked.',
    kind: 'money',
    ...optional,
  },
];

const carrierFacts = (rule: RuleOf<'carrier_record'>): readonly FactField[] => [
  {
    key: 'legs',
    label: 'Flights',
    hint: 'Only by plane. One flight a line, as on the ticket: day, from, to, flight number, such as 2023-05-21 SEA LHR UA123.',
    kind: 'legs',
    ...optional,
  },
  ...(rule.exceptions.length === 0
    ? []
    : ([
        {
          key: 'exception',
          label: 'Exception for another carrier',
          hint: 'Only if a flight was on a carrier that the rule does not name.',
          kind: 'choice',
          options: rule.exceptions.map(({ key, words }) => ({ value: key, label: words })),
          ...optional,
        },
        {
          key: 'exception_words',
          label: 'How the exception applies',
          hint: 'What made it necessary, and for which flight.',
          kind: 'text',
          ...optional,
        },
      ] as const)),
];

const lodgingFacts = (rule: RuleOf<'lodging_cap'>): readonly FactField[] => [
  ...(Object.keys(rule.by_month).length === 0
    ? []
    : ([
        {
          key: 'first_night',
          label: 'First night',
          hint: 'The day of the first of these nights.',
          kind: 'day',
          ...required,
        },
      ] as const)),
  ...(rule.tax === 'included'
    ? []
    : ([
        {
          key: 'tax',
          label: 'Of this, tax',
          hint: 'Taxes on the room, as the bill tells them; they are paid besides.',
          kind: 'money',
          ...optional,
        },
      ] as const)),
];

const perDiemFacts = (rule: RuleOf<'per_diem'>): readonly FactField[] => [
  {
    key: 'from',
    label: 'First day of the trip',
    hint: 'The day on which you left home.',
    kind: 'day',
    ...required,
  },
  {
    key: 'until',
    label: 'Last day of the trip',
    hint: 'The day on which you came home.',
    kind: 'day',
    ...required,
  },
  ...(rule.tiers.length < 2
    ? []
    : ([
        {
          key: 'tier',
          label: 'Tier of the place',
          hint: 'By where you stayed.',
          kind: 'choice',
          options: rule.tiers.map(({ key, title }) => ({ value: key, label: title })),
          ...required,
        },
      ] as const)),
  ...(rule.whole_from_hours === 0 && rule.nothing_up_to_hours === 0
    ? []
    : ([
        {
          key: 'hours',
          label: 'Hours away',
          hint: 'Only if you were away for less than a day or two.',
          kind: 'number',
          ...optional,
        },
      ] as const)),
];
