import type { ProposalVersion } from '../proposals/proposal-queries.ts';
import type { ComparedFile, PlacedAt } from './difference-queries.ts';
import type { LineDraft, LineThread } from './line-queries.ts';
import type { RemarkPage } from './remark-views.tsx';
import type { RenderedPart } from './rendered-rules.ts';
import type { Shown } from './shown-schema.ts';

/** A file of the difference with all that the page shows about it. */
export interface ShownFile extends ComparedFile {
  /** As a reader would see it; undefined where its source is shown. */
  readonly rendered: readonly RenderedPart[] | undefined;
  /** Whether the reader has ticked off what it says now. */
  readonly isRead: boolean;
}

/** A remark or a draft with its place in what is shown. */
export interface PlacedRemark {
  readonly thread?: LineThread;
  readonly draft?: LineDraft;
  readonly at: PlacedAt | undefined;
  /** The lines that it was written on; only where they are gone. */
  readonly original: readonly string[] | undefined;
}

export interface ChangesPageProps {
  readonly page: RemarkPage;
  readonly shown: Shown;
  readonly versions: readonly ProposalVersion[];
  readonly from: { readonly version: number | undefined; readonly readUpTo: number | undefined };
  readonly to: number;
  readonly files: readonly ShownFile[];
  /** All files that differ; more than `files` where one alone is shown. */
  readonly allFiles: number;
  readonly remarks: readonly PlacedRemark[];
  readonly drafts: number;
  /** Own work can only be commented on. */
  readonly isOwn: boolean;
  /** The version that is shown began at another commit of main than the one it is compared with. */
  readonly movedBase: boolean;
}
