declare const brand: unique symbol;

/** A value that carries proof of what it is; only its own maker function mints it. */
export type Branded<T, Name extends string> = T & { readonly [brand]: Name };
