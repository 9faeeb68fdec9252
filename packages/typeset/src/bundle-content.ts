import type { PlainDate } from '@cairn/kernel/time';
import type { Paper } from './handout-content.ts';

/** A cell: words, or where some enclosures stand in the same document, by their numbers from 1. */
export type BundleCell = string | { readonly enclosures: readonly number[] };

export interface BundleTable {
  readonly columns: readonly {
    readonly head: string;
    /** Numbers stand at the right; `wide` takes the room that the others leave. */
    readonly kind?: 'number' | 'wide';
  }[];
  readonly rows: readonly (readonly BundleCell[])[];
  /** A last row, such as a sum. */
  readonly foot?: readonly string[];
}

/** A part of a bundle. All words are plain text and may come from anyone. */
export interface BundleSection {
  readonly heading: string;
  readonly paragraphs?: readonly string[];
  /** Names with what belongs to them, one below the other. */
  readonly facts?: readonly (readonly [name: string, value: string])[];
  readonly table?: BundleTable;
  /** Lines to sign on, with what stands below each. */
  readonly signatures?: readonly string[];
}

/** A file that follows the form: a picture, or a PDF with all its pages. */
export interface Enclosure {
  /** Its heading. */
  readonly title: string;
  /** What it belongs to, and what it shows, for those who cannot see it. */
  readonly text: string;
  readonly kind: 'jpg' | 'png' | 'webp' | 'pdf';
  /** Pages of a PDF; 1 for a picture. */
  readonly pages: number;
  readonly bytes: Uint8Array;
}

/** A form with its papers: what is asked for, and the receipts in the same order. */
export interface Bundle {
  readonly title: string;
  readonly subtitle: string;
  readonly author: string;
  readonly date: PlainDate;
  readonly paper: Paper;
  readonly sections: readonly BundleSection[];
  readonly enclosures: readonly Enclosure[];
}
