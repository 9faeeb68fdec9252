/**
 * Makes the editor of a draft quick: sessions are dragged, moved by keys, or picked up and put down,
 * and what others change appears. The page itself is drawn by the server alone: after each change it is
 * asked for anew, and the parts that changed are put in place. Without this script links and forms do
 * the same.
 */
import { listenToDrags } from './dragging.ts';
import { followDraft } from './following.ts';
import { askPlaces, cellAt, type Held, markStates, markTarget, nextPlace } from './held-places.ts';
import { hereWords, placeSaid } from './here-rules.ts';
import { askedIn, askPage, forgetAsked, PARTS, putParts } from './page-parts.ts';
import { openSending } from './sending.ts';

/** After so long the page is asked for again, where it could not be had. */
const COME_BACK_MS = 10_000;

function begin(root: HTMLElement): void {
  const href = root.dataset['editor'] ?? '';
  const says = root.querySelector<HTMLElement>('[data-says]');
  const unsent = root.querySelector<HTMLElement>('[data-unsent]');
  let revision = Number(root.dataset['revision']);
  let held: Held | undefined;
  /** Where the arrow keys have brought it. */
  let ghost: { readonly element: HTMLElement; key: string } | undefined;
  let isDragging = false;
  let isOutdated = false;
  let drawing = 0;
  /** What the page was asked for last: the session that is moved, and where to. */
  let asking = askedIn(new URLSearchParams(location.search));

  /** `isHeard`: it is read out otherwise. */
  const say = (words: string, isHeard = false): void => {
    if (says === null || says.textContent === words) return;
    says.setAttribute('aria-live', isHeard ? 'off' : 'polite');
    says.textContent = words;
  };
  const cardOf = (id: string) => document.getElementById(`s-${id}`);
  const focusCard = (id: string): void =>
    cardOf(id)?.querySelector<HTMLElement>('.title')?.focus({ preventScroll: false });

  /** Asks for the page anew, and puts its parts in place; focus stays at what it was on. */
  const draw = async (query: Readonly<Record<string, string>> = asking): Promise<void> => {
    asking = query;
    drawing += 1;
    const own = drawing;
    const page = await askPage(query);
    if (own !== drawing) return;
    if (isDragging || page === undefined) {
      isOutdated = true;
      if (!isDragging) window.setTimeout(() => isOutdated && void draw(), COME_BACK_MS);
      return;
    }
    isOutdated = false;
    const fresh = page.querySelector<HTMLElement>('[data-editor]');
    if (fresh === null) return;
    const focused = document.activeElement;
    const card = focused?.closest<HTMLElement>('.card')?.id;
    const wasIn = PARTS.find((id) => document.getElementById(id)?.contains(focused) === true);
    const wasGhost = focused === ghost?.element;
    revision = Math.max(revision, Number(fresh.dataset['revision']));
    putParts(page);
    markStates(root, held);
    if (ghost !== undefined) showGhost(ghost.key, wasGhost);
    else if (wasIn !== undefined && !document.contains(focused)) {
      const next = card === undefined ? null : document.getElementById(card);
      (next?.querySelector<HTMLElement>('.title') ?? titleOfPanel())?.focus({
        preventScroll: true,
      });
    }
  };

  const titleOfPanel = () => document.getElementById('move-title');

  const letGo = (): void => {
    ghost?.element.remove();
    ghost = undefined;
    held = undefined;
    asking = {};
    forgetAsked();
    for (const cell of root.querySelectorAll('.is-target')) cell.classList.remove('is-target');
    markStates(root, undefined);
    document.getElementById('panel')?.replaceChildren();
    for (const card of root.querySelectorAll('.is-held')) card.classList.remove('is-held');
  };

  /** What each place would mean for a session; undefined, and said so, where that cannot be asked. */
  const ask = async (id: string): Promise<Held | undefined> => {
    try {
      return await askPlaces(href, id);
    } catch {
      say('What the places would mean cannot be asked at this moment; look to your connection.');
      return undefined;
    }
  };

  const pickUp = async (id: string, byKeys: boolean): Promise<void> => {
    letGo();
    say('');
    const asked = await ask(id);
    if (asked === undefined) return;
    held = asked;
    await draw({ move: id });
    if (held !== asked) return;
    if (byKeys) {
      const own = cardOf(id)?.closest<HTMLElement>('td[data-place]')?.dataset['place'];
      const [first] = [...root.querySelectorAll<HTMLElement>('td[data-place]')];
      const from = own ?? first?.dataset['place'] ?? '';
      showGhost(own ?? nextPlace(root, asked, from, 'n') ?? from, true);
    } else if (matchMedia('(max-width: 63.99em)').matches) titleOfPanel()?.focus();
    say(
      byKeys
        ? `“${asked.title}” is picked up. Arrow keys move it, Enter puts it there, Escape leaves it.`
        : `“${asked.title}” is picked up. Choose a place, or use its menu.`,
    );
  };

  const showGhost = (key: string, isFocused: boolean): void => {
    if (held === undefined) return;
    const element = ghost?.element ?? newGhost();
    ghost = { element, key };
    const place = held.places.get(key);
    element.dataset['state'] = place?.state ?? '';
    element.textContent = `${place?.state ?? ''}: ${held.title}`;
    // Read whole when it gets the focus; screen readers let keys through to it.
    element.setAttribute('aria-label', place === undefined ? held.title : placeSaid(place));
    markTarget(root, held, key);
    cellAt(root, key)?.append(element);
    if (isFocused) element.focus();
    if (isFocused && place !== undefined) say(placeSaid(place), true);
  };

  const newGhost = (): HTMLElement => {
    const element = document.createElement('div');
    element.className = 'ghost';
    element.tabIndex = 0;
    element.setAttribute('role', 'application');
    element.setAttribute('aria-roledescription', 'place');
    return element;
  };

  /** Puts a session somewhere; what would break something is shown first. */
  const drop = (id: string, key: string, hasHeard: boolean): void => {
    const place = held?.id === id ? held.places.get(key) : undefined;
    const isClear = place?.state === 'free' || (place?.state === 'costs' && hasHeard);
    if (!isClear) {
      ghost?.element.remove();
      ghost = undefined;
      if (place !== undefined) say(placeSaid(place));
      void draw({ move: id, to: key }).then(() => titleOfPanel()?.focus());
      return;
    }
    move(id, key);
  };

  const move = (session: string, to: string): void => {
    cardOf(session)?.setAttribute('aria-busy', 'true');
    say(to === '' ? 'Taking it out …' : 'Moving it …');
    // What was seen when it was picked up: who moved it since is not overruled.
    const seen = held?.id === session ? held.seen : revision;
    sending.send({ deed: 'move', fields: { session, to, seen: String(seen) } });
  };

  const sending = openSending(href, {
    done: ({ fields }, at, said) => {
      revision = Math.max(revision, at);
      letGo();
      say(said.join(' '));
      void draw({}).then(() => fields['session'] !== undefined && focusCard(fields['session']));
    },
    refused: ({ fields }, problem) => {
      letGo();
      say(problem);
      void draw({}).then(() => fields['session'] !== undefined && focusCard(fields['session']));
    },
    stuck: (why) => {
      if (unsent === null) return;
      unsent.hidden = why === undefined;
      const words = unsent.querySelector('p');
      if (words !== null && words.textContent !== (why ?? '')) words.textContent = why ?? '';
      if (why !== undefined) say('');
    },
  });
  unsent?.querySelector('[data-again]')?.addEventListener('click', () => sending.again());
  unsent?.querySelector('[data-drop]')?.addEventListener('click', () => {
    sending.drop();
    letGo();
    say('It is left as it was.');
    void draw();
  });

  const cancelDrag = listenToDrags(root, {
    lifted: (id) => {
      letGo();
      isDragging = true;
      say('');
      void ask(id).then((asked) => {
        if (!isDragging || asked === undefined) return;
        held = asked;
        markStates(root, held);
      });
    },
    over: (key) => {
      if (held !== undefined) markTarget(root, held, key === '' ? undefined : key);
      const place = key === undefined ? undefined : held?.places.get(key);
      if (place !== undefined) say(placeSaid(place));
      else say(key === '' ? 'Let go here to take it out of the timetable.' : '');
    },
    dropped: (id, key) => {
      isDragging = false;
      if (key === undefined) {
        letGo();
        say('It is left where it was.');
      } else if (key === '') move(id, '');
      // Let go before the answer came, it is told first what it means.
      else drop(id, key, true);
      if (isOutdated) void draw();
    },
    cancelled: () => {
      isDragging = false;
      letGo();
      say('It is left where it was.');
      if (isOutdated) void draw();
    },
  });
  root.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const cell =
      event.target instanceof Element ? event.target.closest<HTMLElement>('td.free') : null;
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!isPlain) return;
    if (link === null) {
      const key = cell?.dataset['place'];
      if (held !== undefined && key !== undefined && ghost === undefined) drop(held.id, key, false);
      return;
    }
    const address = new URL(link.href);
    if (address.pathname !== href) return;
    if (link.hasAttribute('data-leave')) {
      event.preventDefault();
      leave();
      return;
    }
    const [id, to] = [address.searchParams.get('move'), address.searchParams.get('to')];
    if (id === null) return;
    event.preventDefault();
    if (to === null) void pickUp(id, event.detail === 0 && link.classList.contains('title'));
    else if (link.classList.contains('put')) drop(id, to, false);
    else void draw({ move: id, to }).then(() => titleOfPanel()?.focus());
  });

  const leave = (): void => {
    const id = held?.id ?? root.querySelector<HTMLElement>('.card.is-held')?.dataset['session'];
    letGo();
    say('It is left where it was.');
    if (id !== undefined) focusCard(id);
  };

  root.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    const address = new URL(form.action);
    const fields: Record<string, string> = {};
    for (const [name, value] of new FormData(form)) fields[name] = String(value);
    if (form.method === 'get' && address.pathname === href) {
      event.preventDefault();
      void draw(fields).then(() => titleOfPanel()?.focus());
      return;
    }
    const deed = address.pathname.slice(href.length + 1);
    if (!address.pathname.startsWith(`${href}/`) || !DEEDS.has(deed)) return;
    event.preventDefault();
    say('…');
    sending.send({ deed, fields });
  });

  document.addEventListener('keydown', (event) => {
    const isTyping =
      event.target instanceof Element && event.target.closest('input, select, textarea');
    if (isDragging && event.key === 'Escape') return cancelDrag();
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !isTyping) {
      const isRedo = event.key === 'y' || (event.key.toLowerCase() === 'z' && event.shiftKey);
      if (!isRedo && event.key !== 'z') return;
      event.preventDefault();
      say('…');
      return sending.send({ deed: isRedo ? 'redo' : 'undo', fields: {} });
    }
    if (event.key === 'Escape' && !isTyping && root.querySelector('#panel *') !== null) {
      return leave();
    }
    if (held === undefined || ghost === undefined || event.target !== ghost.element) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const to = nextPlace(root, held, ghost.key, event.key);
    if (to !== undefined) showGhost(to, true);
    else if (event.key === 'Enter' || event.key === ' ') drop(held.id, ghost.key, true);
    else if (event.key === 'Delete' || event.key === 'Backspace') move(held.id, '');
    else if (event.key === 'm' || event.key === 'M') {
      root.querySelector<HTMLElement>('#panel select')?.focus();
    } else return;
    event.preventDefault();
  });

  followDraft(href, {
    since: () => revision,
    changed: (told) => {
      if (told.revision <= revision) return;
      revision = told.revision;
      if (told.said.length > 0) say(told.said.join(' '));
      const again = held;
      if (again === undefined) return void draw();
      // What the places mean has changed with it.
      isOutdated = true;
      void ask(again.id).then((asked) => {
        if (held !== again || asked === undefined) return;
        const wasMoved = told.moved.includes(asked.id);
        held = isDragging && wasMoved ? { ...asked, seen: again.seen } : asked;
        if (isDragging) markStates(root, held);
        else void draw();
      });
    },
    here: (names) => {
      const here = root.querySelector('[data-here]');
      if (here !== null) here.textContent = hereWords(names);
    },
  });
  // The address itself may name a session.
  const named = root.dataset['held'];
  if (named !== undefined) {
    void ask(named).then((asked) => {
      if (asked !== undefined && held === undefined && asking['move'] === named) held = asked;
    });
  }
}

const DEEDS: ReadonlySet<string> = new Set(['move', 'pin', 'undo', 'redo']);

const place = document.querySelector<HTMLElement>('[data-editor]');
if (place !== null) begin(place);
