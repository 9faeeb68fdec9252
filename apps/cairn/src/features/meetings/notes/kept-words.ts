/** Words that are not saved yet, as a browser keeps them until they are. */
export interface Kept {
  readonly revision: number;
  readonly baseText: string;
  readonly template: string;
  readonly text: string;
  readonly key: string;
  /** Since when something has not been saved. Milliseconds, as `at`. */
  readonly since: number;
  /** When the page that wrote this was last there. */
  readonly at: number;
  /** That page was left, and will write no more. */
  readonly isLeft: boolean;
}

/** A page says that often that it is there; one that has not said it for longer is gone. */
export const SAY_MS = 4_000;
const GONE_AFTER_MS = 15_000;

const isKept = (value: unknown): value is Kept =>
  typeof value === 'object' && value !== null && 'text' in value && 'baseText' in value;

/** Keeps under a name of its own; false where this browser keeps nothing. */
export function keep(name: string, kept: Kept): boolean {
  try {
    localStorage.setItem(name, JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

export function forget(name: string): void {
  try {
    localStorage.removeItem(name);
  } catch {
    // Nothing was kept either.
  }
}

/** What pages that are gone have left unsaved, the latest first. */
export function leftBehind(prefix: string, now: number): { name: string; kept: Kept }[] {
  const found: { name: string; kept: Kept }[] = [];
  try {
    for (let index = 0; index < localStorage.length; index += 1) {
      const name = localStorage.key(index) ?? '';
      if (!name.startsWith(prefix)) continue;
      const kept: unknown = JSON.parse(localStorage.getItem(name) ?? 'null');
      if (isKept(kept) && (kept.isLeft || now - kept.at > GONE_AFTER_MS))
        found.push({ name, kept });
    }
  } catch {
    // A browser that keeps nothing, or what somebody else has put there.
  }
  return found.sort((a, b) => b.kept.at - a.kept.at);
}
