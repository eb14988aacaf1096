import { expect, type Page } from "@playwright/test";

/** Goes where each number of a page leads: no link of it is dead. */
export async function numbers(page: Page): Promise<void> {
  const links = await page.locator("main td a, main dd a").evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
  for (const href of new Set(links.filter((link) => link.startsWith("/admin")))) {
    const answer = await page.request.get(href);
    expect(answer.status(), href).toBe(200);
  }
}
