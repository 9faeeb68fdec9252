import { placeAtPoint } from './held-places.ts';

/** Pixels by which a hand may tremble before it drags. */
const TREMBLE = 6;
/** Milliseconds that a finger rests before it drags instead of scrolling. */
const HOLD_MS = 300;
/** So near to the edge of the window the page scrolls along, by so many pixels a frame. */
const EDGE = 56;
const SCROLL_STEP = 10;

export interface Dragged {
  /** A session was lifted. */
  readonly lifted: (id: string) => void;
  /** It is over a place, over the list of what has none (''), or over neither. */
  readonly over: (key: string | undefined) => void;
  /** It was let go there. */
  readonly dropped: (id: string, key: string | undefined) => void;
  /** It was put back. */
  readonly cancelled: () => void;
}

/** Lets sessions be dragged by mouse, pen and finger. What returns puts back what is being dragged. */
export function listenToDrags(root: HTMLElement, tell: Dragged): () => void {
  let begun: { card: HTMLElement; x: number; y: number; id: number } | undefined;
  let shadow: HTMLElement | undefined;
  let at = { x: 0, y: 0 };
  let hold = 0;
  let scrolling = 0;
  let over: string | undefined;

  const find = (): string | undefined => {
    const key = placeAtPoint(root, at.x, at.y);
    if (key !== undefined) return key;
    const isOverList = document.elementFromPoint(at.x, at.y)?.closest('.waiting');
    return isOverList ? '' : undefined;
  };

  const follow = (): void => {
    if (shadow === undefined) return;
    shadow.style.transform = `translate(${at.x + 8}px, ${at.y + 4}px)`;
    const key = find();
    if (key !== over) tell.over(key);
    over = key;
  };

  const scrollAlong = (): void => {
    if (shadow === undefined) return;
    const by = at.y < EDGE ? -SCROLL_STEP : at.y > innerHeight - EDGE ? SCROLL_STEP : 0;
    if (by !== 0) {
      scrollBy(0, by);
      follow();
    }
    scrolling = requestAnimationFrame(scrollAlong);
  };

  const lift = (): void => {
    if (begun === undefined || shadow !== undefined) return;
    const { card } = begun;
    shadow = card.cloneNode(true) as HTMLElement;
    shadow.removeAttribute('id');
    shadow.className = 'card dragged';
    shadow.setAttribute('aria-hidden', 'true');
    shadow.inert = true;
    document.body.append(shadow);
    document.documentElement.classList.add('is-dragging');
    getSelection()?.removeAllRanges();
    over = undefined;
    tell.lifted(card.dataset['session'] ?? '');
    follow();
    scrolling = requestAnimationFrame(scrollAlong);
  };

  const end = (isDropped: boolean): void => {
    clearTimeout(hold);
    cancelAnimationFrame(scrolling);
    const wasLifted = shadow !== undefined;
    const id = begun?.card.dataset['session'] ?? '';
    const key = wasLifted && isDropped ? find() : undefined;
    shadow?.remove();
    shadow = undefined;
    begun = undefined;
    document.documentElement.classList.remove('is-dragging');
    if (!wasLifted) return;
    // The click that follows is the end of the drag, and picks nothing up.
    const swallow = (event: Event): void => {
      event.preventDefault();
      event.stopPropagation();
    };
    addEventListener('click', swallow, { capture: true, once: true });
    setTimeout(() => removeEventListener('click', swallow, { capture: true }), 0);
    if (isDropped) tell.dropped(id, key);
    else tell.cancelled();
  };

  root.addEventListener('pointerdown', (event) => {
    const card =
      event.target instanceof Element ? event.target.closest<HTMLElement>('[data-session]') : null;
    if (card === null || event.button !== 0 || begun !== undefined) return;
    begun = { card, x: event.clientX, y: event.clientY, id: event.pointerId };
    at = { x: event.clientX, y: event.clientY };
    if (event.pointerType === 'touch') hold = window.setTimeout(lift, HOLD_MS);
  });
  document.addEventListener('pointermove', (event) => {
    if (begun === undefined || event.pointerId !== begun.id) return;
    at = { x: event.clientX, y: event.clientY };
    const isFar = Math.hypot(at.x - begun.x, at.y - begun.y) > TREMBLE;
    if (shadow === undefined && isFar) {
      // A finger that moves at once means to scroll.
      if (event.pointerType === 'touch') return end(false);
      lift();
    }
    follow();
  });
  document.addEventListener('pointerup', (event) => {
    if (event.pointerId !== begun?.id) return;
    at = { x: event.clientX, y: event.clientY };
    end(true);
  });
  document.addEventListener('pointercancel', (event) => {
    if (event.pointerId === begun?.id) end(false);
  });
  root.addEventListener('dragstart', (event) => event.preventDefault());
  root.addEventListener('contextmenu', (event) => {
    if (shadow !== undefined) event.preventDefault();
  });
  document.addEventListener(
    'touchmove',
    (event) => {
      // Once it drags, the page stays where it is.
      if (shadow !== undefined && event.cancelable) event.preventDefault();
    },
    { passive: false },
  );
  return () => end(false);
}
