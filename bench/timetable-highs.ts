import type { Highs } from 'highs';

/** Loads HiGHS once it is asked for. */
export async function loadHighs(): Promise<Highs> {
  // Its types are those of the CommonJS build, and Node takes the other one.
  const { default: load } = (await import('highs')) as unknown as { default: () => Promise<Highs> };
  return load();
}
