import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { Page } from './layout.tsx';

test('signing out is a form, because a link must change nothing', () => {
  const html = renderToString(
    <Page title="T" reader={{ name: 'Ada', href: '/me', signOut: '/sign-out' }} />,
  );
  expect(html).toContain('<form class="reader" method="post" action="/sign-out">');
});

test('a stranger is offered to sign in only where the page says so', () => {
  expect(renderToString(<Page title="T" reader={null} />)).toContain('href="/sign-in"');
  expect(renderToString(<Page title="T" />)).not.toContain('sign-in');
});

test('a page is kept out of search engines unless it is public', () => {
  expect(renderToString(<Page title="T" />)).toContain('<meta name="robots" content="noindex"/>');
  expect(renderToString(<Page title="T" isPublic />)).not.toContain('noindex');
});

test('what went wrong interrupts a screen reader, what went well waits its turn', () => {
  const notice = (kind: 'done' | 'problem') =>
    renderToString(<Page title="T" notice={{ kind, children: 'It.' }} />);
  expect(notice('problem')).toContain('<div class="notice problem" role="alert"><p>It.</p></div>');
  expect(notice('done')).toContain('<div class="notice done" role="status"><p>It.</p></div>');
});
