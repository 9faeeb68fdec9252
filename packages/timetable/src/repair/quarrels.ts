import type { HardModel } from './hard-model.ts';

/** For each session those that cannot stay beside it, with both where they were. */
export function quarrelsAtHome(model: HardModel): number[][] {
  const { homeSlot, homeRoom, costs, sessions } = model;
  const quarrels = Array.from({ length: sessions }, (): number[] => []);
  const add = (one: number, other: number) => {
    if (quarrels[one]?.includes(other)) return;
    quarrels[one]?.push(other);
    quarrels[other]?.push(one);
  };
  for (let slot = 0; slot < model.slots; slot++) {
    const running = runningIn(model, slot);
    for (const [at, one] of running.entries()) {
      for (const other of running.slice(at + 1)) {
        const isShared =
          costs.countsRooms &&
          model.roomsAreSingle &&
          homeRoom[one] === homeRoom[other] &&
          (homeRoom[one] as number) >= 0;
        if (isShared || model.clashes(one, other)) add(one, other);
      }
    }
  }
  for (const relations of model.relations) {
    for (const { first, second, isBroken } of relations) {
      const one = homeSlot[first] as number;
      const other = homeSlot[second] as number;
      if (one >= 0 && other >= 0 && isBroken(one, other)) add(first, second);
    }
  }
  if (costs.countsRooms) {
    for (const [one, mates] of model.roommates.entries()) {
      for (const other of mates) {
        const rooms = [homeRoom[one] as number, homeRoom[other] as number] as const;
        if (rooms[0] >= 0 && rooms[1] >= 0 && rooms[0] !== rooms[1]) add(one, other);
      }
    }
  }
  return quarrels;
}

function runningIn(model: HardModel, slot: number): number[] {
  const running: number[] = [];
  for (const [session, start] of model.homeSlot.entries()) {
    if (start >= 0 && start <= slot && slot < model.endOf(session, start)) running.push(session);
  }
  return running;
}
