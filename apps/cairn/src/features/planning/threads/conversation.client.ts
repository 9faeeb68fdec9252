// Tells whoever reads a conversation that something new was said. The page is never changed under
// their eyes: a sentence at its end offers to show it.
for (const conversation of document.querySelectorAll<HTMLElement>('[data-live]')) {
  const line = conversation.querySelector<HTMLElement>('[data-fresh]');
  const address = conversation.dataset['live'];
  if (line === null || address === undefined) continue;
  const stream = new EventSource(address);
  stream.addEventListener('text', () => {
    stream.close();
    const link = document.createElement('a');
    const { pathname, search } = window.location;
    link.href = `${pathname}${search}`;
    link.textContent = 'Show it';
    // What somebody is writing must not be lost by showing what others wrote.
    const writing = conversation.querySelector('textarea');
    link.addEventListener('click', (event) => {
      if (writing === null || writing.value.trim() === '') return;
      event.preventDefault();
      window.open(link.href, '_blank', 'noopener');
    });
    line.replaceChildren('Something new was said or done here. ', link);
    line.hidden = false;
  });
}

export {};
