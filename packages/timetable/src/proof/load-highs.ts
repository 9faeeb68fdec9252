import type { Highs } from 'highs';

/**
 * Loads HiGHS (a linear and integer programming solver as WebAssembly, 4 MB) when it is first
 * wanted. In a browser its `.wasm` must be served beside the script, or be found by `locateFile`.
 */
export async function loadHighs(locateFile?: (file: string) => string): Promise<Highs> {
  const { default: load } = (await import('highs')) as unknown as {
    readonly default: (options?: object) => Promise<Highs>;
  };
  return load(locateFile === undefined ? {} : { locateFile });
}
