import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Turn, Turns } from './turns.ts';

describe('turns', () => {
  test('are given in rounds, so that who asks once does not wait for who asks often', async () => {
    const turns = new Turns(1);
    const first = await turns.take('busy');
    const order: string[] = [];
    const waiting = ['busy', 'busy', 'busy', 'rare'].map(async (name) => {
      const turn = await turns.take(name);
      order.push(name);
      turn.done();
    });
    first.done();
    await Promise.all(waiting);
    expect(order).toEqual(['busy', 'rare', 'busy', 'busy']);
  });

  test('are not waited for by whoever has gone, nor by too many', async () => {
    const turns = new Turns(1, 1);
    const first = await turns.take('a');
    const gone = new AbortController();
    const waiting = turns.take('b', gone.signal);
    await expect(turns.take('c')).rejects.toThrow('full');
    gone.abort();
    await expect(waiting).rejects.toThrow('gone');
    const next = turns.take('c');
    first.done();
    first.done();
    (await next).done();
    expect(await turns.take('d')).toBeDefined();
  });

  test('are never more than allowed at a time, and everybody gets one', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 30 }),
        async (most, names) => {
          const turns = new Turns(most);
          let working = 0;
          let served = 0;
          const work = async (turn: Turn): Promise<void> => {
            working += 1;
            expect(working).toBeLessThanOrEqual(most);
            await Promise.resolve();
            working -= 1;
            served += 1;
            turn.done();
          };
          await Promise.all(names.map(async (name) => work(await turns.take(name))));
          expect(served).toBe(names.length);
        },
      ),
    );
  });
});
