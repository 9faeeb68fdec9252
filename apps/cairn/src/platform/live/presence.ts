/** As many keys as one notification can hold. */
const MOST_KEYS = 150;

/** Whom the other processes have on their channels, as far as they have said lately. */
export interface Elsewhere {
  /** Notes whom a process has on a channel; true when that changed. */
  note(channel: string, node: string, keys: readonly string[], now: number): boolean;
  keysOn(channel: string): string[];
  /** Forgets processes that have said nothing since; the channels on which that changed something. */
  forgetBefore(moment: number): string[];
  /** Nobody here cares for a channel any more. */
  leave(channel: string): void;
}

/** Remembers nothing at first. Moments are milliseconds. */
export function createElsewhere(): Elsewhere {
  const channels = new Map<
    string,
    Map<string, { readonly keys: readonly string[]; readonly at: number }>
  >();
  return {
    note(channel, node, keys, now) {
      const nodes = channels.get(channel) ?? new Map();
      channels.set(channel, nodes);
      const before = nodes.get(node)?.keys ?? [];
      if (keys.length === 0) nodes.delete(node);
      else nodes.set(node, { keys, at: now });
      return inOrder(before) !== inOrder(keys);
    },
    keysOn: (channel) => [...(channels.get(channel)?.values() ?? [])].flatMap(({ keys }) => keys),
    forgetBefore(moment) {
      const changed: string[] = [];
      for (const [channel, nodes] of channels) {
        const silent = [...nodes].filter(([, { at }]) => at < moment).map(([name]) => name);
        for (const name of silent) nodes.delete(name);
        if (silent.length > 0) changed.push(channel);
      }
      return changed;
    },
    leave: (channel) => {
      channels.delete(channel);
    },
  };
}

const inOrder = (keys: readonly string[]): string => keys.toSorted().join();

/** Each key once, and no more of them than can be said. */
export const distinct = (keys: Iterable<string>): string[] =>
  [...new Set(keys)].slice(0, MOST_KEYS);
