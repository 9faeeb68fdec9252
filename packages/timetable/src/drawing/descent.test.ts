import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { elementsIn, readXml, type XmlElement } from '../../../../tests/read-xml.ts';
import { type DescentDrawing, drawDescent, type TracePoint } from './descent.ts';

const read = (trace: readonly TracePoint[], options: DescentDrawing = {}): XmlElement =>
  readXml(drawDescent(trace, options));

const pathsOf = (svg: XmlElement, look: string): XmlElement[] =>
  elementsIn(svg, 'path').filter(({ attributes }) => attributes['class'] === look);

const textsIn = (svg: XmlElement): string[] => elementsIn(svg, 'text').map(({ text }) => text);

/** The points that a path of M, H and V goes through. */
function pointsOf(path: XmlElement | undefined): [number, number][] {
  let [x, y] = [0, 0];
  return [...(path?.attributes['d'] ?? '').matchAll(/([MHV])([-\d.]+)(?: ([-\d.]+))?/g)].map(
    ([, command, one, other]) => {
      if (command !== 'V') x = Number(one);
      if (command === 'V') y = Number(one);
      if (command === 'M') y = Number(other);
      return [x, y];
    },
  );
}

const TRACE: readonly TracePoint[] = [
  { iteration: 0, values: [12, 50_000, 7] },
  { iteration: 1_000, values: [3, 9_000, 7] },
  { iteration: 50_000, values: [0, 410, 7] },
];

describe('the descent', () => {
  test('has a panel for each level on which something happened, and says the others', () => {
    const svg = read(TRACE, { levels: ['what must hold', 'interest lost', 'moves'] });
    expect(pathsOf(svg, 'cost')).toHaveLength(2);
    expect(elementsIn(svg, 'desc')[0]?.text).toBe(
      'In 50,000 iterations: what must hold goes from 12 to 0; interest lost goes from 50,000 to 410; moves stays at 7.',
    );
  });

  test('says where an axis is logarithmic', () => {
    const texts = textsIn(read(TRACE, { levels: ['must', 'interest lost'] }));
    expect(texts).toContain('interest lost (each step ten times the last)');
    expect(texts).toContain('must');
  });

  test('draws the bound as a line below the cost', () => {
    const svg = read(TRACE, { bounds: [0, 398] });
    const [hard, soft] = pathsOf(svg, 'bound').map((path) => pointsOf(path)[0]?.[1]);
    const [ends, falls] = pathsOf(svg, 'cost').map((path) => pointsOf(path).at(-1)?.[1] ?? 0);
    expect(hard).toBe(ends);
    expect(soft).toBeGreaterThan(falls ?? 0);
    expect(textsIn(svg)).toContain('bound 398');
  });

  test('leaves out the bound of what is impossible', () => {
    const svg = read(TRACE, { bounds: [Number.POSITIVE_INFINITY] });
    expect(pathsOf(svg, 'bound')).toEqual([]);
    expect(elementsIn(svg, 'desc')[0]?.text).not.toContain('bound');
  });

  test('goes on to the end of the search', () => {
    const until = (iterations: number) => pointsOf(pathsOf(read(TRACE, { iterations }), 'cost')[0]);
    const [short, long] = [until(50_000), until(100_000)];
    expect(short.at(-1)?.[0]).toBe(long.at(-1)?.[0]);
    expect(long.at(-2)?.[0]).toBeLessThan(short.at(-2)?.[0] ?? 0);
  });

  test('stays inside the drawing, goes only to the right, and falls where the values fall', () => {
    const anyTrace = fc
      .record({
        values: fc.array(fc.integer({ min: 0, max: 1e7 }), { minLength: 1, maxLength: 60 }),
        step: fc.integer({ min: 1, max: 1e6 }),
        bound: fc.option(fc.integer({ min: 0, max: 1e7 }), { nil: undefined }),
        width: fc.constantFrom(320, 640, 1280),
      })
      .map(({ values, step, ...rest }) => ({
        ...rest,
        trace: values
          .toSorted((one, other) => other - one)
          .map((value, index) => ({ iteration: index * step, values: [value] })),
      }));
    fc.assert(
      fc.property(anyTrace, ({ trace, bound, width }) => {
        const svg = read(trace, { bounds: [bound], width });
        const height = Number(svg.attributes['height']);
        const points = pathsOf(svg, 'cost').flatMap(pointsOf);
        const isFlat = trace[0]?.values[0] === trace.at(-1)?.values[0];
        expect(points.length > 0).toBe(!isFlat);
        let last = [-1, -1];
        for (const [x, y] of points) {
          expect(x).toBeLessThanOrEqual(width);
          expect(y).toBeLessThanOrEqual(height);
          expect(x).toBeGreaterThanOrEqual(last[0] ?? 0);
          expect(y).toBeGreaterThanOrEqual(last[1] ?? 0);
          last = [x, y];
        }
      }),
    );
  });

  test('of nothing says that nothing was searched', () => {
    expect(textsIn(read([]))).toContain('Nothing was searched yet.');
  });

  test('keeps names of levels as texts', () => {
    const svg = read(TRACE, { levels: ['<script>', '"&'] });
    expect(elementsIn(svg, 'script')).toEqual([]);
    expect(textsIn(svg)).toContain('<script>');
  });
});
