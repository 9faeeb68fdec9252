/**
 * Says of one line after another whether it stands in a fenced block of code (CommonMark §4.5), with
 * the marks around it. Call what it gives once for each line, in order.
 */
export function fenceWalker(): (line: string) => boolean {
  let open: string | undefined;
  return (line) => {
    const [, run = '', after = ''] = /^ {0,3}(`{3,}|~{3,})(.*)$/s.exec(line) ?? [];
    if (open !== undefined) {
      if (run[0] === open[0] && run.length >= open.length && after.trim() === '') open = undefined;
      return true;
    }
    if (run === '' || (run[0] === '`' && after.includes('`'))) return false;
    open = run;
    return true;
  };
}

/** The text with a line below that closes a block of code which is left open; else as it is. */
export function closedCode(text: string): string {
  let open: string | undefined;
  const isCode = fenceWalker();
  for (const line of text.split('\n')) {
    if (!isCode(line)) open = undefined;
    else if (open === undefined) open = /`{3,}|~{3,}/.exec(line)?.[0];
    else if (closes(line, open)) open = undefined;
  }
  return open === undefined ? text : `${text.trimEnd()}\n${open}`;
}

const closes = (line: string, open: string): boolean => {
  const run = /^ {0,3}(`{3,}|~{3,})[ \t]*\r?$/.exec(line)?.[1];
  return run !== undefined && run[0] === open[0] && run.length >= open.length;
};
