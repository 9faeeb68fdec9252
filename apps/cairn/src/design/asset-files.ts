import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import {
  type Asset,
  type AssetSource,
  FIRST_FONT,
  FONTS,
  hashedPath,
  ICON,
  joinSheets,
  SHEETS,
} from './assets.ts';

/** Everything that pages link to, read once for the life of the process. */
export interface AssetShelf {
  readonly stylesheet: string;
  readonly firstFont: string;
  readonly icon: string;
  /** By path; what is not in here is a 404. */
  readonly byPath: ReadonlyMap<string, Asset>;
}

/** The file behind a source. The build copies `assets/`, so it stands beside the bundle as beside this file. */
function fileOf({ name, module }: AssetSource): string {
  return module === undefined
    ? fileURLToPath(new URL(`./assets/${name}`, import.meta.url))
    : createRequire(import.meta.url).resolve(module);
}

function asset(name: string, contentType: string, body: Uint8Array<ArrayBuffer>): Asset {
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 10);
  return { path: hashedPath(name, hash), contentType, body };
}

function readShelf(): AssetShelf {
  const fonts = new Map(
    FONTS.map((font) => [
      font.name,
      asset(font.name, 'font/woff2', new Uint8Array(readFileSync(fileOf(font)))),
    ]),
  );
  const fontPath = (name: string): string => {
    const font = fonts.get(name);
    if (font === undefined) throw new Error(`a style sheet asks for ${name}, which FONTS lacks`);
    return font.path;
  };
  const css = joinSheets(
    SHEETS.map((sheet) => readFileSync(fileOf(sheet), 'utf8')),
    fontPath,
  );
  const bytes = new TextEncoder();
  const stylesheet = asset('cairn.css', 'text/css; charset=utf-8', bytes.encode(css));
  const icon = asset('cairn.svg', 'image/svg+xml', bytes.encode(ICON));
  return {
    stylesheet: stylesheet.path,
    firstFont: fontPath(FIRST_FONT),
    icon: icon.path,
    byPath: new Map([stylesheet, icon, ...fonts.values()].map((each) => [each.path, each])),
  };
}

let shelf: AssetShelf | undefined;

/** The assets of this process. Reads them at the first call; throws when an installation lacks one. */
export function assetShelf(): AssetShelf {
  shelf ??= readShelf();
  return shelf;
}
