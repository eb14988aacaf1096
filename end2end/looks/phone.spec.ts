import type { Page } from "@playwright/test";
import { expect, heading, PLAIN, test } from "../fixtures/test.ts";

test.use({ viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, colorScheme: "dark" });

const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).tap();

/** What a page is on a phone: within the screen, dark, and easy to hit. */
async function fits(page: Page): Promise<void> {
  await expect(heading(page)).toHaveCount(1);
  const { over, light, small } = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    // Whatever the colour is written in, a pixel of it has three parts.
    const canvas = new OffscreenCanvas(1, 1).getContext("2d");
    for (const part of [document.documentElement, document.body]) {
      if (canvas === null) break;
      canvas.fillStyle = getComputedStyle(part).backgroundColor;
      canvas.fillRect(0, 0, 1, 1);
    }
    const light = Math.max(...(canvas?.getImageData(0, 0, 1, 1).data.slice(0, 3) ?? [255]));
    const targets = [...document.querySelectorAll<HTMLElement>("main button, main .button, main summary")];
    const small = targets
      .filter((target) => target.checkVisibility() && target.getBoundingClientRect().height < 44)
      .map((target) => target.outerHTML);
    return { over: scrollWidth - clientWidth, light, small };
  });
  expect(over, `${page.url()} is wider than the screen`).toBeLessThanOrEqual(0);
  expect(light, `${page.url()} is dark`).toBeLessThan(64);
  expect(small, `${page.url()} can be hit with a thumb`).toEqual([]);
}

test("a phone in the dark: from the search to kept accounts", async ({ page, app, fresh }) => {
  await page.goto("/connect");
  await fits(page);
  await page.getByLabel("Bank, credit union, card or lender").fill(PLAIN.name);
  await press(page, /^Search$/);
  const hit = page.locator(".hits a", { hasText: PLAIN.name }).first();
  await expect(hit).toBeVisible();
  await fits(page);
  await hit.tap();
  await expect(heading(page)).toHaveText(`Connect ${PLAIN.name}`);
  await fits(page);
  await press(page, /^Continue to sign in/);

  await expect(page.getByRole("button", { name: "Agree and continue" })).toBeVisible();
  await fits(page);
  await press(page, "Agree and continue");
  await page.getByLabel("User name").fill("test");
  await page.getByLabel("Password").fill("profile_02");
  await fits(page);
  await press(page, /^Sign in$/);
  await expect(page.getByRole("button", { name: "Connect these accounts" })).toBeVisible();
  await fits(page);
  await press(page, "Connect these accounts");

  await expect(page).toHaveURL(new RegExp(`^${app}/connect/sessions/`));
  await expect(heading(page), fresh.email).toHaveText(`${PLAIN.name} is connected: two accounts`);
  await fits(page);
  await page.getByLabel(/Starter Savings/).tap();
  await expect(page.getByLabel(/Starter Savings/)).not.toBeChecked();
  await press(page, /^Keep/);
  await expect(page.locator("main")).toContainText("You keep one account.");
  await fits(page);
  await page.getByRole("link", { name: `More about ${PLAIN.name}` }).tap();
  await expect(page.getByRole("heading", { name: "What happened" })).toBeVisible();
  await fits(page);
});
