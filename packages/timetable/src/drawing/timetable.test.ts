import { expectOk } from '@cairn/kernel/result';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryInstance, arbitraryTimetable } from '../../../../tests/arbitrary-instances.ts';
import { elementsIn, readXml, type XmlElement } from '../../../../tests/read-xml.ts';
import { indexInstance } from '../sessions/index-instance.ts';
import type { Instance, Session } from '../sessions/model.ts';
import { drawTimetable, type TimetableDrawing } from './timetable.ts';

const SMALL: Instance = {
  title: 'Summit',
  slots: [
    { key: 'm9', day: 'Monday', start: 540, end: 600 },
    { key: 'm10', day: 'Monday', start: 600, end: 660 },
    { key: 't9', day: 'Tuesday', start: 1980, end: 2040 },
  ],
  rooms: [{ key: 'Hall' }, { key: 'Attic', capacity: 6, closed: ['t9'] }],
  people: [{ key: 'ada', name: 'Ada' }],
  sessions: [
    { key: 'opening', title: 'Opening', kind: 'plenary' },
    { key: 'arrays', title: 'Arrays', tracks: ['core'], leads: ['ada'] },
    { key: 'docs', title: 'Docs', tracks: ['docs'], size: 9 },
    { key: 'walk', title: 'Walk', isRoomless: true },
  ],
  rules: [],
};
const PLACES = { slot: [0, 1, 1, 2], room: [0, 0, 1, -1] };

const read = (
  instance: Instance,
  slot: readonly number[],
  room: readonly number[],
  options: TimetableDrawing = {},
): XmlElement => readXml(drawTimetable(expectOk(indexInstance(instance)), { slot, room }, options));

const boxesIn = (svg: XmlElement): XmlElement[] =>
  elementsIn(svg, 'g').filter(({ attributes }) => /^box\b/.test(attributes['class'] ?? ''));

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function rectangleOf({ attributes }: XmlElement): Rectangle {
  const [x = Number.NaN, y = Number.NaN, width = Number.NaN, height = Number.NaN] = [
    'x',
    'y',
    'width',
    'height',
  ].map((name) => Number(attributes[name]));
  return { x, y, width, height };
}

const outlineOf = (box: XmlElement): Rectangle =>
  rectangleOf(box.children.find(({ name }) => name === 'rect') ?? box);

const tooltipOf = (box: XmlElement): string =>
  box.children.find(({ name }) => name === 'title')?.text ?? '';

const boxNamed = (svg: XmlElement, title: string): XmlElement =>
  boxesIn(svg).find((box) => tooltipOf(box).startsWith(title)) ?? svg;

/** Rounding to hundredths may let neighbours touch. */
const ROUNDING = 0.02;
const overlap = (one: Rectangle, other: Rectangle): boolean =>
  one.x + one.width > other.x + ROUNDING &&
  other.x + other.width > one.x + ROUNDING &&
  one.y + one.height > other.y + ROUNDING &&
  other.y + other.height > one.y + ROUNDING;

const anyWidth = fc.constantFrom(undefined, 320, 700, 1280);
const withWidth = (width: number | undefined): TimetableDrawing =>
  width === undefined ? {} : { width };

describe('whatever the timetable', () => {
  const anyCase = arbitraryInstance({ slots: 7, rooms: 4, sessions: 9 }).chain((indexed) =>
    fc.record({
      indexed: fc.constant(indexed),
      timetable: arbitraryTimetable(indexed),
      width: anyWidth,
    }),
  );

  test('no two boxes overlap, and all are inside the drawing', () => {
    fc.assert(
      fc.property(anyCase, ({ indexed, timetable, width }) => {
        const svg = readXml(drawTimetable(indexed, timetable, withWidth(width)));
        const whole = rectangleOf(svg);
        const boxes = boxesIn(svg).map(outlineOf);
        for (const [index, box] of boxes.entries()) {
          expect(box.width).toBeGreaterThan(0);
          expect(box.height).toBeGreaterThan(0);
          expect(box.x).toBeGreaterThanOrEqual(0);
          expect(box.y).toBeGreaterThanOrEqual(0);
          expect(box.x + box.width).toBeLessThanOrEqual(whole.width);
          expect(box.y + box.height).toBeLessThanOrEqual(whole.height);
          for (const other of boxes.slice(index + 1)) expect(overlap(box, other)).toBe(false);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('every session has a box, or stands among those without a place', () => {
    fc.assert(
      fc.property(anyCase, ({ indexed, timetable, width }) => {
        const svg = readXml(drawTimetable(indexed, timetable, withWidth(width)));
        const inBoxes = new Set(boxesIn(svg).map((box) => tooltipOf(box).split('\n')[0]));
        const nowhere = elementsIn(svg, 'text')
          .map(({ text }) => text)
          .filter((text) => text.startsWith('– '))
          .map((text) => text.slice(2));
        const keys = indexed.sessions.map(({ session }) => session.key);
        expect([...inBoxes, ...nowhere].toSorted()).toEqual(keys.toSorted());
      }),
      { numRuns: 100 },
    );
  });

  test('texts of people stay texts, whatever is in them', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom(
        '"><script>alert(1)</script>',
        '</title></svg><img src=x onerror=alert(1)>',
        ']]>&amp;&#0;&bogus;',
        '<!-- -->',
        '\u0000\u000b\ud800\ufffe',
        '\u202emoolb',
      ),
    );
    fc.assert(
      fc.property(anyText, anyText, anyWidth, (hostile, other, width) => {
        const instance: Instance = {
          ...SMALL,
          title: hostile,
          slots: SMALL.slots.map((slot) => ({ ...slot, day: `${slot.day}${other}` })),
          rooms: [{ key: `1${other}` }, { key: `2${hostile}` }],
          people: [{ key: 'ada', name: other }],
          sessions: SMALL.sessions.map((session) => ({
            ...session,
            title: hostile,
            tracks: [other],
          })),
          rules: [{ kind: 'track-clash', level: 0, name: hostile }],
        };
        const svg = read(instance, PLACES.slot, PLACES.room, withWidth(width));
        const names = new Set(
          ['script', 'img', 'a', 'foreignObject', 'use'].flatMap((name) => elementsIn(svg, name)),
        );
        expect(names.size).toBe(0);
        const attributes = [
          svg,
          ...['g', 'text', 'rect', 'path', 'svg'].flatMap((name) => elementsIn(svg, name)),
        ]
          .flatMap((each) => Object.keys(each.attributes))
          .filter((name) => name.startsWith('on') || name.includes('href'));
        expect(attributes).toEqual([]);
        // The reader has undone the escaping: nothing was lost but what XML cannot hold.
        const shown = hostile.trim() === '' ? 'arrays' : hostile;
        const kept = shown
          .toWellFormed()
          .replace(/[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
        expect(
          boxesIn(svg)
            .map(tooltipOf)
            .some((text) => text.startsWith(kept)),
        ).toBe(true);
      }),
      { numRuns: 80 },
    );
  });
});

describe('a drawing', () => {
  const svg = read(SMALL, PLACES.slot, PLACES.room);

  test('says to those who cannot see it what is in it', () => {
    expect(svg.attributes['role']).toBe('img');
    const [title, description] = svg.children;
    expect(svg.attributes['aria-labelledby']).toBe(
      `${title?.attributes['id']} ${description?.attributes['id']}`,
    );
    expect(title?.text).toBe('Summit');
    expect(description?.text).toBe(
      '4 sessions in 2 rooms and 3 slots on 2 days. All have a place. What must hold is broken once.',
    );
  });

  test('lets a plenary go across all rooms', () => {
    const wide = outlineOf(boxNamed(svg, 'Opening'));
    const narrow = outlineOf(boxNamed(svg, 'Arrays'));
    expect(wide.width).toBeGreaterThan(2 * narrow.width);
    expect(wide.x).toBe(narrow.x);
  });

  test('does not let a plenary go over what runs beside it', () => {
    const beside = read(SMALL, [0, 0, 1, 2], [0, 1, 1, -1]);
    expect(outlineOf(boxNamed(beside, 'Opening')).width).toBe(
      outlineOf(boxNamed(beside, 'Arrays')).width,
    );
  });

  test('marks what breaks a rule, and says which', () => {
    const wide = read(SMALL, PLACES.slot, PLACES.room, { width: 1280 });
    const broken = boxNamed(wide, 'Docs');
    expect(broken.attributes['class']).toBe('box session broken');
    const sentence = '“Docs” (Monday 10:00) needs 9 places, and Attic has 6.';
    expect(tooltipOf(broken)).toContain(sentence);
    const texts = elementsIn(wide, 'text').map(({ text }) => text);
    expect(texts).toContain('What does not hold');
    expect(texts).toContain(sentence);
    expect(boxNamed(svg, 'Arrays').attributes['class']).toBe('box session');
  });

  test('marks a wish with another shape than what must hold', () => {
    const clash: Session[] = SMALL.sessions.map((each) => ({ ...each, tracks: ['core'], size: 0 }));
    const marksOf = (level: number) =>
      elementsIn(
        read(
          { ...SMALL, sessions: clash, rules: [{ kind: 'track-clash', level }] },
          PLACES.slot,
          PLACES.room,
        ),
        'path',
      ).filter(({ attributes }) => attributes['class']?.startsWith('mark'));
    const [hard, soft] = [marksOf(0), marksOf(1)];
    expect(hard).toHaveLength(3);
    expect(soft).toHaveLength(3);
    expect(commands(hard[0])).not.toBe(commands(soft[0]));
  });

  test('marks what was elsewhere before', () => {
    const before = { slot: [0, 1, 2, 2], room: [0, 0, 1, -1] };
    const moved = read(SMALL, PLACES.slot, PLACES.room, { before });
    expect(tooltipOf(boxNamed(moved, 'Docs'))).toContain('Before: Tuesday 09:00, Attic');
    expect(boxesIn(moved).filter((box) => tooltipOf(box).includes('Before'))).toHaveLength(1);
    const notes = elementsIn(moved, 'text').map(({ text }) => text);
    expect(notes.filter((text) => text.startsWith('moved'))).toEqual(['moved · docs']);
  });

  test('tells tracks apart by more than colour', () => {
    const tracks = Array.from({ length: 12 }, (_, index) => `track ${index}`);
    const many = read(
      { ...SMALL, sessions: tracks.map((track) => ({ key: track, tracks: [track] })) },
      tracks.map(() => -1),
      tracks.map(() => -1),
    );
    const legend = elementsIn(many, 'path').filter(({ attributes }) =>
      attributes['class']?.startsWith('track'),
    );
    const looks = legend.map(({ attributes }) =>
      [attributes['class'], attributes['stroke-dasharray'], attributes['stroke-width']].join(' '),
    );
    expect(new Set(looks).size).toBe(12);
    // Without colour there are still six.
    const strokes = legend.map(({ attributes }) =>
      [attributes['stroke-dasharray'], attributes['stroke-width']].join(' '),
    );
    expect(new Set(strokes).size).toBe(6);
  });

  test('shows where a room is closed, and has a column for what takes no room', () => {
    const texts = elementsIn(svg, 'text').map(({ text }) => text);
    expect(texts).toContain('closed');
    const beside = read(SMALL, [0, 1, 1, 1], [0, 0, 1, -1]);
    expect(elementsIn(beside, 'text').map(({ text }) => text)).toContain('No room');
  });

  test('becomes a list with the names of rooms where there is no space for columns', () => {
    const list = read(SMALL, PLACES.slot, PLACES.room, { width: 240 });
    expect(list.attributes['width']).toBe('240');
    expect(boxesIn(list).map((box) => outlineOf(box).width)).toEqual([208, 208, 208, 208]);
    expect(elementsIn(list, 'text').map(({ text }) => text)).toContain('Hall · core');
  });

  test('follows the reader’s system, or is told what to be', () => {
    expect(svg.attributes['class']).toBe('cairn-timetable');
    const dark = read(SMALL, PLACES.slot, PLACES.room, { scheme: 'dark' });
    expect(dark.attributes['class']).toBe('cairn-timetable dark');
    expect(elementsIn(svg, 'style')[0]?.text).toContain('prefers-color-scheme:dark');
  });
});

const commands = (path: XmlElement | undefined): string =>
  (path?.attributes['d'] ?? '').replace(/[^a-z]/gi, '');
