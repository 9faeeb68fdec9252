import { type Problem, problem } from '@cairn/kernel/problem';

/** Somebody of the summit, as a table may name them. */
export interface KnownPerson {
  readonly personId: string;
  readonly name: string;
  readonly emails: readonly string[];
  readonly handles: readonly string[];
}

/** What a row of a table says of who it is about. */
export interface NamedInRow {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly github?: string | undefined;
}

/** Who a row is about, or why nobody can say so, with those who may be meant. */
export type Found =
  | {
      readonly ok: true;
      readonly person: KnownPerson;
      /** By what they were found; a name is the weakest, so a preview says so. */
      readonly foundBy: 'email' | 'github' | 'name';
    }
  | {
      readonly ok: false;
      readonly problem: Problem;
      readonly candidates: readonly KnownPerson[];
    };

/** People by each thing they are known by. */
export interface Directory {
  readonly byEmail: ReadonlyMap<string, KnownPerson>;
  readonly byHandle: ReadonlyMap<string, KnownPerson>;
  readonly byName: ReadonlyMap<string, readonly KnownPerson[]>;
  /** By each word of their name. */
  readonly byWord: ReadonlyMap<string, readonly KnownPerson[]>;
}

/** Looks people up quickly: a list may have ten thousand rows. */
export function directoryOf(people: readonly KnownPerson[]): Directory {
  const by = (keys: (person: KnownPerson) => readonly string[]) =>
    new Map(people.flatMap((person) => keys(person).map((key) => [key.toLowerCase(), person])));
  const grouped = (keys: (person: KnownPerson) => readonly string[]) => {
    const groups = new Map<string, KnownPerson[]>();
    for (const person of people) {
      for (const key of new Set(keys(person))) {
        const group = groups.get(key);
        if (group === undefined) groups.set(key, [person]);
        else group.push(person);
      }
    }
    return groups;
  };
  return {
    byEmail: by(({ emails }) => emails),
    byHandle: by(({ handles }) => handles),
    byName: grouped(({ name }) => [folded(name)]),
    byWord: grouped(({ name }) => wordsOf(name)),
  };
}

/** More are no help: somebody has to read them. */
const MOST_CANDIDATES = 8;

/** Who a row is about: by address, else by GitHub handle, else by a name that one person alone has. */
export function findPerson({ email, github, name }: NamedInRow, directory: Directory): Found {
  const { byEmail, byHandle, byName } = directory;
  const byAddress = byEmail.get(email?.toLowerCase() ?? '');
  if (byAddress !== undefined) return { ok: true, person: byAddress, foundBy: 'email' };
  const byLogin = byHandle.get(plainHandle(github ?? '').toLowerCase());
  if (byLogin !== undefined) return { ok: true, person: byLogin, foundBy: 'github' };
  const names = nameCandidates(name ?? '');
  for (const candidate of names) {
    const [found, ...others] = byName.get(folded(candidate)) ?? [];
    if (found === undefined) continue;
    if (others.length === 0) return { ok: true, person: found, foundBy: 'name' };
    const sentence = `Several people here are called “${candidate}”; add the email of the one you mean.`;
    return {
      ok: false,
      problem: problem('ambiguous-name', sentence),
      candidates: [found, ...others].slice(0, MOST_CANDIDATES),
    };
  }
  const who = email ?? github ?? name;
  if (who === undefined) {
    const sentence = 'This row names nobody; fill in email, github or name.';
    return { ok: false, problem: problem('no-person', sentence), candidates: [] };
  }
  const sentence = `Nobody in this summit is known as “${who}”; write the address or handle that they were invited by, or invite them first.`;
  const candidates = similarTo(names, directory);
  return { ok: false, problem: problem('unknown-person', sentence), candidates };
}

/** `@ada-l`, `https://github.com/ada-l/` and `ada-l` are one handle. */
export const plainHandle = (github: string): string =>
  github.replace(/^(https?:\/\/)?(www\.)?github\.com\//i, '').replace(/^@|\/$/g, '');

/** Those who share a word of their name, the most words first. */
function similarTo(names: readonly string[], { byWord }: Directory): readonly KnownPerson[] {
  const shared = new Map<KnownPerson, number>();
  for (const word of new Set(names.flatMap(wordsOf))) {
    for (const person of byWord.get(word) ?? []) {
      shared.set(person, (shared.get(person) ?? 0) + 1);
    }
  }
  return [...shared]
    .sort((a, b) => b[1] - a[1])
    .slice(0, MOST_CANDIDATES)
    .map(([person]) => person);
}

/** The words of a name; a single letter says nothing. */
const wordsOf = (name: string): string[] =>
  folded(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 1);

/** Video tools write `Shown name (Original Name)`: either may be the one we know. */
function nameCandidates(name: string): string[] {
  const parts = /^(.*?)\s*\((.*)\)\s*$/.exec(name);
  return [name, parts?.[1], parts?.[2]]
    .filter((candidate) => candidate !== undefined)
    .filter((candidate) => candidate.trim() !== '');
}

/** Case, accents and spaces are where the spellings of one name differ without meaning to. */
export const folded = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
