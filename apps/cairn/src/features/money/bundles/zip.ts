import { Zip, ZipPassThrough } from 'fflate';

/** A file of a ZIP, fetched when its turn comes. */
export interface ZipFile {
  readonly name: string;
  /** Undefined where it went meanwhile: it is left out. */
  readonly content: () => Promise<Uint8Array | undefined>;
}

/**
 * A ZIP of files as a stream; one of them is in memory at a time. They are stored as they are, for PDFs and pictures
 * are compressed already.
 */
export function zipOf(files: readonly ZipFile[]): ReadableStream<Uint8Array<ArrayBuffer>> {
  let next = 0;
  let zip: Zip;
  return new ReadableStream({
    start: (controller) => {
      zip = new Zip((error, chunk, isLast) => {
        if (error) return controller.error(error);
        controller.enqueue(new Uint8Array(chunk));
        if (isLast) controller.close();
        return undefined;
      });
    },
    pull: async () => {
      for (;;) {
        const file = files[next];
        next += 1;
        if (file === undefined) return zip.end();
        const content = await file.content();
        if (content === undefined) continue;
        const entry = new ZipPassThrough(file.name);
        zip.add(entry);
        entry.push(content, true);
        return undefined;
      }
    },
  });
}
