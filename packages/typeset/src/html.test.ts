import { Temporal } from '@cairn/kernel/time';
import { expect, test } from 'vitest';
import { handoutToHtml } from './html.ts';

test('a handout is an article of sections with their notes in asides', () => {
  const html = handoutToHtml({
    title: 'A <Summit>',
    authors: ['Brigitta Sipőcz', 'K. Jarrod Millman'],
    organisation: 'Scientific Python',
    date: Temporal.PlainDate.from('2023-01-11'),
    abstract: 'Short.',
    sections: [
      { heading: 'Goals', level: 1, body: '## Deeper\n\n<b>x</b>', marginNotes: ['*Note*'] },
      { heading: 'One', level: 2, body: '', marginNotes: [] },
    ],
    paper: 'a4',
    language: 'en-GB',
  });
  expect(html).toBe(`<article class="handout" lang="en-GB">
<header>
<h1>A &lt;Summit&gt;</h1>
<p class="authors">Brigitta Sipőcz and K. Jarrod Millman</p>
<p class="organisation">Scientific Python</p>
<p class="date"><time datetime="2023-01-11">11 January 2023</time></p>
</header>
<div class="abstract" role="doc-abstract">
<p>Short.</p>
</div>
<section>
<h2>Goals</h2>
<aside class="margin-note">
<p><em>Note</em></p>
</aside>
<h3>Deeper</h3>
<p>&lt;b&gt;x&lt;/b&gt;</p>
</section>
<section>
<h3>One</h3>
</section>
</article>
`);
});
