import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSameKept, type Places, type Step, toRedo, toUndo } from './step-rules.ts';

const place = (starts: string) => ({ date: '2023-05-22', starts, roomId: 'hall', isPinned: false });

/** A draft of one session for each of two people, who change only their own. */
class World {
  steps: Step[] = [];
  now: Record<string, ReturnType<typeof place> | null> = { ada: null, bob: null };

  #apply(who: string, after: Places, undoes: number | null): void {
    const revision = this.steps.length + 1;
    const before = { [who]: this.now[who] ?? null };
    this.steps = this.steps.map((step) =>
      step.revision === undoes ? { ...step, undoneBy: revision } : step,
    );
    this.steps.push({ revision, before, after, byPerson: who, undoneBy: null, undoes });
    this.now[who] = (after[who] ?? null) as ReturnType<typeof place> | null;
  }
  move(who: string, starts: string): void {
    this.#apply(who, { [who]: place(starts) }, null);
  }
  undo(who: string): boolean {
    const step = toUndo(this.steps, who);
    if (step !== undefined) this.#apply(who, step.before, step.revision);
    return step !== undefined;
  }
  redo(who: string): boolean {
    const step = toRedo(this.steps, who);
    if (step !== undefined) this.#apply(who, step.before, step.revision);
    return step !== undefined;
  }
}

describe('undo and redo', () => {
  const deed = fc.record({
    who: fc.constantFrom('ada', 'bob'),
    what: fc.constantFrom('move', 'undo', 'redo'),
    starts: fc.constantFrom('09:00', '10:30', '13:00'),
  });

  test('behave for each person as a stack of their own, whatever the other does', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 30 }), (deeds) => {
        const world = new World();
        const done: Record<string, string[]> = { ada: [], bob: [] };
        const undone: Record<string, string[]> = { ada: [], bob: [] };
        for (const { who, what, starts } of deeds) {
          const [past, future] = [done[who] ?? [], undone[who] ?? []];
          if (what === 'move') {
            world.move(who, starts);
            past.push(starts);
            undone[who] = [];
          } else if (what === 'undo') {
            expect(world.undo(who)).toBe(past.length > 0);
            const back = past.pop();
            if (back !== undefined) future.push(back);
          } else {
            expect(world.redo(who)).toBe(future.length > 0);
            const again = future.pop();
            if (again !== undefined) past.push(again);
          }
          const now = (done[who] ?? []).at(-1);
          expect(isSameKept(world.now[who] ?? null, now === undefined ? null : place(now))).toBe(
            true,
          );
        }
      }),
    );
  });
});
