/** The whole page as one text. */
export function examplePage(): Promise<string>;
