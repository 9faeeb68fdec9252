/**
 * Says how far a search is as it goes on, and loads the page anew when it is over. Without this script
 * the page looks again by itself.
 */
const place = document.querySelector<HTMLElement>('[data-search]');
const stage = place?.querySelector<HTMLElement>('[data-stage]');
const bar = place?.querySelector('progress');

if (place?.dataset['search'] !== undefined) {
  const stream = new EventSource(place.dataset['search']);
  stream.addEventListener('text', ({ data }) => {
    const { isOver, words, done, of } = JSON.parse(String(data)) as {
      isOver: boolean;
      words: string;
      done: number;
      of: number;
    };
    if (isOver) {
      stream.close();
      location.replace(location.pathname);
      return;
    }
    // Said anew only when it differs, so that it is not read out every second.
    if (stage && stage.textContent !== words) stage.textContent = words;
    if (bar && of > 0) {
      bar.max = of;
      bar.value = done;
    }
  });
}
