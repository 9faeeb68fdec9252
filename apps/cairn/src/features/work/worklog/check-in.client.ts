/**
 * The page of a check-in while people write: the one by projector shows it, the other one says that
 * there is something. Arrow keys turn the pages of the projector.
 */
const place = document.querySelector<HTMLElement>('[data-check-in]');
const news = document.querySelector<HTMLElement>('[data-news]');

function begin({ dataset }: HTMLElement): void {
  const { live = '', checkIn = '0' } = dataset;
  const isScreen = dataset['screen'] !== undefined;
  const follow = (): void => {
    const events = new EventSource(`${live}?since=${checkIn}`);
    events.addEventListener('text', () => {
      if (isScreen) location.reload();
      else if (news !== null) news.hidden = false;
    });
    window.addEventListener('pagehide', () => events.close(), { once: true });
  };
  follow();
  // A page that the browser kept, and shows again, has to hear of what came meanwhile.
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) follow();
  });
  if (!isScreen) return;
  const turns: Record<string, string> = { ArrowLeft: 'prev', ArrowRight: 'next' };
  document.addEventListener('keydown', ({ key, altKey, ctrlKey, metaKey }) => {
    const turn = turns[key];
    if (turn === undefined || altKey || ctrlKey || metaKey) return;
    document.querySelector<HTMLAnchorElement>(`a[rel="${turn}"]`)?.click();
  });
}

if (place !== null) begin(place);
