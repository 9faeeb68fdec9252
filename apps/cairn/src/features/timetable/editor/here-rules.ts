import { listed } from '@cairn/kernel/words';

/** Who else has this page open, as one sentence; empty where nobody has. */
export const hereWords = (names: readonly string[]): string =>
  names.length === 0
    ? ''
    : `${listed(names)} ${names.length === 1 ? 'works' : 'work'} on this draft too, at this moment.`;

/** What a place would mean, as it is told before the drop. */
export interface ToldPlace {
  readonly key: string;
  /** `Monday 10:00–11:30, Studio`. */
  readonly words: string;
  readonly state: 'free' | 'costs' | 'conflict';
  readonly reasons: readonly string[];
}

/** A place that the script asks about, in words. */
export const placeSaid = ({ words, state, reasons }: ToldPlace): string =>
  [`${words}: ${state}.`, ...reasons].join(' ');
