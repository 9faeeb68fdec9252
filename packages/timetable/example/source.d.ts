/** A worker's program, bundled, as a text; see `build.mjs`. */
declare module '*?source' {
  export const source: string;
}
