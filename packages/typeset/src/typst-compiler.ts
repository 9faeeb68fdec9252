import { fail, ok, type Result } from '@cairn/kernel/result';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

/** Loading the fonts takes longer than a page, so one compiler serves all. */
let compiler: NodeCompiler | undefined;

/** Files that a source names, by their paths from `/`. */
export type TypstFiles = ReadonlyMap<string, Uint8Array>;

/** Where the files of a source are to the compiler; there is no such folder, so it finds no other. */
const FOLDER = '/cairn-typeset-files';

/** Results of the last so many compilations are kept by the compiler for reuse; older ones go. */
const KEPT_RESULTS = 10;

/**
 * The PDF of Typst source. First as PDF/UA-1 (accessible to the letter of the standard); that is
 * refused if no font has some letter, and then the PDF is tagged only. The error is the compiler's
 * own words, for people who work on the source.
 */
export function compileTypst(
  source: string,
  files: TypstFiles = new Map(),
): Result<Uint8Array, string> {
  compiler ??= NodeCompiler.create({ workspace: FOLDER });
  try {
    for (const [path, bytes] of files) compiler.mapShadow(`${FOLDER}${path}`, Buffer.from(bytes));
    const strict = compileAs(compiler, source, { pdfStandard: 'ua-1' });
    return strict.ok ? strict : compileAs(compiler, source, {});
  } finally {
    if (files.size > 0) compiler.resetShadow();
    compiler.evictCache(KEPT_RESULTS);
  }
}

function compileAs(
  with_: NodeCompiler,
  source: string,
  options: { pdfStandard?: string },
): Result<Uint8Array, string> {
  try {
    return ok(new Uint8Array(with_.pdf({ mainFileContent: source }, options)));
  } catch (error) {
    // The compiler throws an Error whose `code` holds its diagnostics and whose message is empty.
    if (error instanceof Error && 'code' in error) return fail(String(error.code).slice(0, 2_000));
    throw new Error('the typesetter broke', { cause: error });
  }
}
