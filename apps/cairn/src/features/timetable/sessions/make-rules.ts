import type { Session } from './session-rules.ts';

/** What sessions are made for: a group of the week, or a planned topic. */
export interface SessionSource {
  readonly key: string;
  readonly title: string;
  readonly topicNumber: number | null;
  /** Who leads its sessions. A group’s are led by the group’s own leads, whoever they are by then. */
  readonly leads: readonly string[];
  /** It is a group, so that its sessions carry its key. */
  readonly isGroup: boolean;
}

/** What is to be done so that each has as many sessions as it should. */
export interface ToMake {
  readonly missing: readonly {
    readonly source: SessionSource;
    readonly title: string;
    /** The last of those that there were. */
    readonly after: string | undefined;
  }[];
  /** Sessions of a topic that become those of its group. */
  readonly taken: readonly { readonly id: string; readonly groupKey: string }[];
}

/** Which sessions are missing, so that each source has `count`; those that it has are kept. */
export function sessionsToMake(
  sources: readonly SessionSource[],
  sessions: readonly Session[],
  count: number,
): ToMake {
  const work = sessions.filter(({ kind }) => kind === 'work');
  const made = sources.map((source) => {
    const { key, topicNumber, isGroup } = source;
    const own = work.filter(({ groupKey }) => isGroup && groupKey === key);
    const ofTopic = work.filter(
      (each) =>
        topicNumber !== null &&
        each.topicNumber === topicNumber &&
        (isGroup ? each.groupKey === null : true),
    );
    const has = [...own, ...ofTopic];
    const titles = new Set(has.map(({ title }) => title));
    const missing: { source: SessionSource; title: string; after: string | undefined }[] = [];
    // Parts are counted on from those that there are; a name that is taken is passed over.
    for (let part = has.length + 1; has.length + missing.length < count; part += 1) {
      const title = count === 1 ? source.title : `${source.title}, part ${part}`;
      if (titles.has(title) && count > 1) continue;
      missing.push({ source, title, after: has.at(-1)?.id });
    }
    const taken = isGroup ? ofTopic.map(({ id }) => ({ id, groupKey: key })) : [];
    return { missing, taken };
  });
  return {
    missing: made.flatMap(({ missing }) => missing),
    taken: made.flatMap(({ taken }) => taken),
  };
}
