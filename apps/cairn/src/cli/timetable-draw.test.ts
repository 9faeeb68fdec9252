import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeCairnInstance } from '@cairn/timetable/files/cairn-json';
import { plantedSummit } from '@cairn/timetable/generator/summit';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { elementsIn, readXml } from '../../../../tests/read-xml.ts';
import { EXIT } from './command.ts';
import { timetableDraw } from './timetable-draw.ts';

let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cairn-draw-'));
  file = join(folder, 'summit.json');
  const { instance, planted } = plantedSummit({
    people: 9,
    sessions: 12,
    slots: 4,
    rooms: 4,
    seed: 1,
  });
  writeFileSync(file, writeCairnInstance(instance, planted));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What a command answers, and what it says on both channels. */
async function run(...args: string[]) {
  const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    const status = await timetableDraw(args);
    return { status, out: out.mock.calls.join(''), said: said.mock.calls.join('') };
  } finally {
    out.mockRestore();
    said.mockRestore();
  }
}

describe('cairn timetable draw', () => {
  test('writes the timetable of a file as SVG', async () => {
    const { status, out } = await run(file);
    expect(status).toBe(EXIT.done);
    const boxes = elementsIn(readXml(out.trim()), 'g');
    expect(boxes).toHaveLength(12);
  });

  test('draws as narrow as it is told, into a file', async () => {
    const output = join(folder, 'summit.svg');
    const { status, out } = await run(file, '--width', '320', '--output', output);
    expect([status, out]).toEqual([EXIT.done, '']);
    expect(readXml(readFileSync(output, 'utf8').trim()).attributes['width']).toBe('320');
  });

  test('says what to do where it cannot', async () => {
    expect(await run()).toMatchObject({
      status: EXIT.couldNot,
      said: 'Name one file: cairn timetable draw summit.json --output summit.svg\n',
    });
    expect((await run(file, '--width', '3')).said).toBe(
      '--width takes a whole number from 240 to 100000, not “3”.\n',
    );
    const nowhere = join(folder, 'no', 'summit.svg');
    expect(await run(file, '--output', nowhere)).toMatchObject({ status: EXIT.couldNot });
    expect((await run(file, '--output', file)).said).toContain('would overwrite what is read');
  });
});
