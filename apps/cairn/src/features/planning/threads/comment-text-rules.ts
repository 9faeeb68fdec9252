import { markdownToHtml } from '@cairn/formats/markdown-html';
import { numberHref } from './thread-rules.ts';

/**
 * What somebody wrote in a conversation as HTML that is safe to show, whoever wrote it: Markdown, with
 * `@handle` and `#12` as links. `home` is `/s/<summit>`.
 */
export const commentHtml = (text: string, home: string): string =>
  linked(markdownToHtml(text, { shiftHeadings: 3 }), home);

/** Elements in which nothing is linked: code, and what is a link already. */
const CLOSED = new Set(['a', 'code', 'pre']);

function linked(html: string, home: string): string {
  let closed = 0;
  return html
    .split(/(<[^>]*>)/)
    .map((part, index) => {
      if (index % 2 === 1) {
        const [, slash, name = ''] = /^<(\/?)([a-z0-9]+)/.exec(part) ?? [];
        if (CLOSED.has(name)) closed += slash === '/' ? -1 : 1;
        return part;
      }
      return closed > 0 ? part : withLinks(part, home);
    })
    .join('');
}

const withLinks = (text: string, home: string): string =>
  text
    .replace(
      /(?<![\w@./;-])@([a-z0-9](?:-?[a-z0-9]){0,38})(?![\w@])/gi,
      (said, handle: string) => `<a href="${home}/plan/people/${handle.toLowerCase()}">${said}</a>`,
    )
    .replace(
      /(?<![\w&/#])#([1-9]\d{0,8})(?![\w;-])/g,
      (said, digits: string) => `<a href="${numberHref(home, Number(digits))}">${said}</a>`,
    );
