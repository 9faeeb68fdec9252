import { markdownToHtml } from '@cairn/formats/markdown-html';

/** Where a text of the plan stands, so that what it refers to can be linked. */
export interface PlanTextPlace {
  /** The plan's page, such as `/s/sp_summit_2023/plan`; without it people and numbers are not linked. */
  readonly base?: string;
  /** The document that the text is of, for links from one to another. */
  readonly path?: string;
  /** How many levels headings go down. Default 1: a page's title is its only `h1`. */
  readonly shiftHeadings?: number;
}

/**
 * A text of the plan (Markdown, MyST dialect) as HTML that is safe to put into a page, whoever wrote it.
 *
 *     renderPlanText(document.body, { base: '/s/sp_summit_2023/plan', path: document.path })
 */
export const renderPlanText = (text: string, { shiftHeadings = 1 }: PlanTextPlace = {}): string =>
  markdownToHtml(text, { shiftHeadings });
