/** A page that nobody looks at gives its stream back: browsers open only six of them. */
const HIDDEN_MS = 60_000;
const COME_BACK_MS = 10_000;

/** What the server tells of a change. */
export interface ToldChange {
  readonly revision: number;
  /** What others did, in sentences; nothing of what is one's own. */
  readonly said: readonly string[];
  /** The sessions that were moved. */
  readonly moved: readonly string[];
}

interface Following {
  /** The revision that is known already. */
  readonly since: () => number;
  readonly changed: (told: ToldChange) => void;
  /** Who else is here. */
  readonly here: (names: readonly string[]) => void;
}

/** Follows what others change in a draft and who looks at it, while the page is in sight. */
export function followDraft(href: string, { since, changed, here }: Following): void {
  let events: EventSource | undefined;
  let hiding = 0;
  const close = (): void => {
    events?.close();
    events = undefined;
  };
  const open = (): void => {
    if (events !== undefined) return;
    const opened = new EventSource(`${href}/live?since=${since()}`);
    events = opened;
    opened.addEventListener('text', ({ data }) => {
      changed(JSON.parse(String(data)) as ToldChange);
    });
    opened.addEventListener('here', ({ data }) => {
      const names: unknown = JSON.parse(String(data));
      if (Array.isArray(names)) here(names.map(String));
    });
    opened.addEventListener('error', () => {
      // The browser comes back by itself, unless it was refused.
      if (opened.readyState !== EventSource.CLOSED || events !== opened) return;
      close();
      window.setTimeout(open, COME_BACK_MS);
    });
  };
  document.addEventListener('visibilitychange', () => {
    window.clearTimeout(hiding);
    if (document.visibilityState === 'hidden') hiding = window.setTimeout(close, HIDDEN_MS);
    else open();
  });
  addEventListener('pagehide', close);
  addEventListener('pageshow', open);
  open();
}
