/** What a form held, as views show it again: the text of each field, several values of a name in order. */
export type Typed = Readonly<Record<string, string | readonly string[]>>;

/** The values of a name. */
export function listIn(typed: Typed, name: string): readonly string[] {
  const value = typed[name] ?? [];
  return typeof value === 'string' ? [value] : value;
}

/** The first value of a name; empty where there is none. */
export const textIn = (typed: Typed, name: string): string => listIn(typed, name)[0] ?? '';
