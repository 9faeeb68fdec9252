import { z } from 'zod';
import { line, whole, words } from '../../../platform/http/fields.ts';
import { areFeatures, features, SAY_FEATURES } from '../frame/frame-schema.ts';
import type { Session, SessionRule } from './session-rules.ts';
import { SESSION_RULE_KINDS } from './session-rules.ts';

type Typed = Readonly<Record<string, string | readonly string[]>>;

const people = z.array(z.uuid('choose people of the list')).max(500).default([]);

/** A number that may be left out. */
const orNone = (least: number, most: number, what: string) => {
  const message = `write ${what} as a whole number from ${least} to ${most}, or leave it empty`;
  return z
    .string(message)
    .trim()
    .default('')
    .refine(
      (text) =>
        text === '' || (/^\d{1,6}$/.test(text) && Number(text) >= least && Number(text) <= most),
      message,
    )
    .transform((text) => (text === '' ? null : Number(text)));
};

/** A session as its form says it. */
export const sessionForm = z
  .object({
    title: line('what it is called'),
    kind: z.enum(['work', 'plenary'], 'say whether everybody is in it'),
    text: words(5000).default(''),
    topic: orNone(1, 999_999, 'the topic’s number'),
    group: z
      .string()
      .regex(/^([a-z][a-z0-9_]*)?$/, 'choose one of the list')
      .max(100)
      .default('')
      .transform((key) => (key === '' ? null : key)),
    minutes: whole(5, 1440, 'the minutes'),
    size: orNone(1, 100_000, 'the places'),
    needs: z
      .string()
      .default('')
      .transform((text) => features([text]))
      .refine(areFeatures, SAY_FEATURES),
    track: line('the track', 100).or(z.literal('')).default(''),
    optional: z.enum(['yes']).optional(),
    'leads[]': people,
    'needed[]': people,
  })
  .transform(({ topic, group, optional, ...form }) => ({
    title: form.title,
    kind: form.kind,
    text: form.text,
    topicNumber: topic,
    groupKey: group,
    minutes: form.minutes,
    size: form.size,
    needs: form.needs,
    track: form.track,
    isOptional: optional === 'yes',
    leads: form['leads[]'],
    needed: form['needed[]'],
  }));

/** A session as the fields of its form. */
export const sessionAsTyped = (session: Session): Typed => ({
  title: session.title,
  kind: session.kind,
  text: session.text,
  topic: session.topicNumber === null ? '' : String(session.topicNumber),
  group: session.groupKey ?? '',
  minutes: String(session.minutes),
  size: session.size === null ? '' : String(session.size),
  needs: session.needs.join(', '),
  track: session.track,
  ...(session.isOptional ? { optional: 'yes' } : {}),
  'leads[]': session.leads,
  'needed[]': session.needed,
});

/** Sessions made for each of several. */
export const makeForm = z
  .object({
    from: z.enum(['groups', 'topics'], 'choose what they are made for'),
    count: whole(1, 20, 'how many each has'),
    minutes: whole(5, 1440, 'the minutes'),
    in_order: z.enum(['yes']).optional(),
  })
  .transform(({ in_order: inOrder, ...form }) => ({ ...form, inOrder: inOrder === 'yes' }));

/** A rule between sessions as its form says it; times are half days, such as `2023-05-22 morning`. */
export const ruleForm = z
  .object({
    kind: z.enum(SESSION_RULE_KINDS, 'choose what the rule asks for'),
    'sessions[]': z.array(z.uuid('choose sessions of the list')).max(200).default([]),
    first: z.union([z.literal(''), z.uuid()], 'choose a session of the list').default(''),
    'times[]': z.array(z.string().max(40)).max(200).default([]),
    'rooms[]': z.array(z.uuid('choose rooms of the list')).max(200).default([]),
    wish: z.enum(['in', 'out'], 'say whether they are to be there').default('in'),
    strict: z.enum(['yes', 'no'], 'say how strict the rule is').default('yes'),
  })
  .transform((form) => ({
    kind: form.kind,
    // The one that comes first, then the others in the order of the list.
    sessions:
      form.first === ''
        ? form['sessions[]']
        : [form.first, ...form['sessions[]'].filter((id) => id !== form.first)],
    times: form['times[]'],
    rooms: form['rooms[]'],
    wish: form.wish,
    isHard: form.strict === 'yes',
  }));

/** A rule as the fields of its form. */
export const ruleAsTyped = (rule: SessionRule, times: readonly string[]): Typed => ({
  kind: rule.kind,
  'sessions[]': rule.sessions,
  first: rule.kind === 'before' || rule.kind === 'consecutive' ? (rule.sessions[0] ?? '') : '',
  'times[]': times,
  'rooms[]': rule.kind === 'room-wish' ? rule.at : [],
  wish: rule.wish ?? 'in',
  strict: rule.isHard ? 'yes' : 'no',
});
