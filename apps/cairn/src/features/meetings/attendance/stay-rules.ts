/** From when until when somebody was in a call, in minutes of the day; `until` may be of the next one. */
export interface Stay {
  readonly from: number;
  readonly until: number;
}

const UNITS = { h: 60, m: 1, s: 1 / 60 } as const;

/**
 * A length as video tools write it, in minutes: `58`, `01:02:03`, `1h 2m 3s`, `1 hr 2 min`, `PT1H2M`.
 * A plain number is in `unit` minutes. Undefined for what could mean two things, such as `1:02`.
 */
export function minutesOf(text: string, unit = 1): number | undefined {
  const plain = text.trim().toLowerCase().replace(/^pt/, '');
  if (/^\d+([.,]\d+)?$/.test(plain)) return Number(plain.replace(',', '.')) * unit;
  const clock = /^(\d{1,3}):([0-5]\d):([0-5]\d)$/.exec(plain);
  if (clock !== null) {
    const [, hours, minutes, seconds] = clock.map(Number);
    return (hours ?? 0) * 60 + (minutes ?? 0) + (seconds ?? 0) / 60;
  }
  const parts = [...plain.matchAll(/(\d+)\s*(h|m|s)[a-z]*\.?/g)];
  const rest = plain.replace(/(\d+)\s*(h|m|s)[a-z]*\.?/g, '').replace(/[\s,]|and/g, '');
  if (parts.length === 0 || rest !== '') return undefined;
  return parts.reduce(
    (sum, [, count, letter]) => sum + Number(count) * UNITS[letter as keyof typeof UNITS],
    0,
  );
}

/** When somebody came and went, from two times of day or moments; undefined where one is not readable. */
export function stayOf(joined: string | undefined, left: string | undefined): Stay | undefined {
  const [from, until] = [timeOfDay(joined), timeOfDay(left)];
  if (from === undefined || until === undefined) return undefined;
  // Nobody stays in a call for a day: what ends before it began ended after midnight.
  return { from, until: until < from ? until + 24 * 60 : until };
}

/** The minutes of the day of `09:05`, `9:05:30 PM` or `02/27/2023 09:05:30 AM`. */
function timeOfDay(text: string | undefined): number | undefined {
  const found = /(\d{1,2}):([0-5]\d)(?::([0-5]\d))?(?:\.\d+)?\s*(?:([ap])\.?\s?m)?/i.exec(
    text ?? '',
  );
  if (found === null) return undefined;
  const [, hourText, minutes, seconds = '0', half] = found;
  const hour = Number(hourText);
  const hours = half === undefined ? hour : (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  return hours > 23 ? undefined : hours * 60 + Number(minutes) + Number(seconds) / 60;
}

/** What is known of one row's length. */
interface Length {
  readonly minutes: number | undefined;
  readonly stay: Stay | undefined;
}

/**
 * How long somebody was there in all: their rows added up, but the time in which they were connected
 * twice counts once. Undefined when no row says.
 */
export function togetherMinutes(rows: readonly Length[]): number | undefined {
  const said = rows.every(({ minutes }) => minutes === undefined)
    ? undefined
    : rows.reduce((sum, { minutes = 0 }) => sum + minutes, 0);
  const stays = rows.flatMap(({ stay }) => stay ?? []);
  if (stays.length < rows.length || stays.length === 0) return said;
  const covered = union(stays);
  return said === undefined ? covered : Math.min(said, covered);
}

function union(stays: readonly Stay[]): number {
  let covered = 0;
  let end = Number.NEGATIVE_INFINITY;
  for (const { from, until } of [...stays].sort((a, b) => a.from - b.from)) {
    covered += Math.max(0, until - Math.max(from, end));
    end = Math.max(end, until);
  }
  return covered;
}
