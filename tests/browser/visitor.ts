import type { Browser, BrowserContext, Page } from 'playwright-core';

/** Presses the button of that name. */
export const press = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name }).click();

/** Waits until a page says something; a failure tells what it says instead. */
export async function expectSaid(page: Page, words: string | RegExp): Promise<void> {
  try {
    await page.getByText(words).first().waitFor({ timeout: 5_000 });
  } catch (cause) {
    const said = await page.locator('body').innerText();
    throw new Error(`${page.url()} does not say ${words}, but:\n${said}`, { cause });
  }
}

/** Phones of people, none of which runs scripts; somebody’s own is the same each time they come back. */
export class Phones {
  readonly #browser: Browser;
  readonly #contexts = new Map<string, BrowserContext>();

  constructor(browser: Browser) {
    this.#browser = browser;
  }

  async of(name: string): Promise<Page> {
    const context =
      this.#contexts.get(name) ??
      (await this.#browser.newContext({
        viewport: { width: 360, height: 740 },
        isMobile: true,
        hasTouch: true,
        javaScriptEnabled: false,
      }));
    this.#contexts.set(name, context);
    return context.pages()[0] ?? context.newPage();
  }
}
