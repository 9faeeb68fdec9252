import type { WorklogWords } from './worklog-rules.ts';

/** An entry that is not saved yet, as a browser keeps it until it is. */
export interface KeptLog {
  /** Where it is saved: the address of the entry. */
  readonly action: string;
  readonly title: string;
  readonly words: WorklogWords;
  /** What the words were changed from. */
  readonly base: number;
  readonly before: WorklogWords;
  /** The same each time that it is sent. */
  readonly key: string;
  /** Save was pressed: it is sent as soon as it can be. Until then it is a draft. */
  readonly isPressed: boolean;
}

const PREFIX = 'cairn-worklog:';

/** Where the entries of a person are kept: nobody else who uses this browser is shown them. */
const nameOf = (personId: string, action: string): string => `${PREFIX}${personId}:${action}`;

const isKept = (value: unknown): value is KeptLog =>
  typeof value === 'object' &&
  value !== null &&
  'words' in value &&
  'before' in value &&
  'action' in value;

/** Keeps an entry; false where this browser keeps nothing. */
export function keepLog(personId: string, kept: KeptLog): boolean {
  try {
    localStorage.setItem(nameOf(personId, kept.action), JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

export function forgetLog(personId: string, action: string): void {
  try {
    localStorage.removeItem(nameOf(personId, action));
  } catch {
    // Nothing was kept either.
  }
}

/** All entries of a person that this browser keeps. */
export function keptLogs(personId: string): KeptLog[] {
  const found: KeptLog[] = [];
  try {
    for (let index = 0; index < localStorage.length; index += 1) {
      const name = localStorage.key(index) ?? '';
      if (!name.startsWith(nameOf(personId, ''))) continue;
      const kept: unknown = JSON.parse(localStorage.getItem(name) ?? 'null');
      if (isKept(kept)) found.push(kept);
    }
  } catch {
    // A browser that keeps nothing, or what somebody else has put there.
  }
  return found;
}
