import { renderPlanText } from '../documents/text-rules.ts';

/**
 * What somebody wrote in a conversation as HTML that is safe to show, whoever wrote it; `@handle` and
 * `#12` are links. `home` is `/s/<summit>`.
 */
export const commentHtml = (text: string, home: string): string =>
  renderPlanText(text, { base: `${home}/plan`, shiftHeadings: 3 });
