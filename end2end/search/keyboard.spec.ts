import type { Locator, Page } from "@playwright/test";
import { admit, DEMO, expect, heading, OFFLINE, PLAIN, test } from "../fixtures/test.ts";

const field = (page: Page): Locator => page.getByRole("combobox", { name: "Bank, credit union, card or lender" });
const options = (page: Page): Locator => page.locator("#hits > li > a");
const count = (page: Page): Locator => page.getByRole("status").filter({ hasText: /institution|Nothing/ });

async function search(page: Page, term: string): Promise<void> {
  await page.goto("/connect");
  // The role comes with the script.
  await expect(field(page)).toBeVisible();
  await field(page).focus();
  await page.keyboard.type(term);
}

/** The option that the field points at is the one that is marked. */
async function active(page: Page, index: number): Promise<void> {
  await expect(field(page)).toHaveAttribute("aria-activedescendant", `hit-${index}`);
  await expect(page.locator("#hits [aria-selected=true]")).toHaveAttribute("id", `hit-${index}`);
  await expect(page.locator(`#hit-${index}`)).toBeInViewport();
}

test("by keyboard, from the first letter to the confirm page @script", async ({ page, fresh }) => {
  await search(page, "finbank");
  await expect(count(page), fresh.email).toHaveText(/\d+ (of \d+ )?institutions$/);
  await expect(field(page)).toHaveAttribute("aria-expanded", "true");
  await expect(field(page)).not.toHaveAttribute("aria-activedescendant");
  const last = (await options(page).count()) - 1;
  expect(last).toBeGreaterThan(2);

  await page.keyboard.press("ArrowDown");
  await active(page, 0);
  await page.keyboard.press("ArrowDown");
  await active(page, 1);
  await page.keyboard.press("ArrowUp");
  await active(page, 0);
  await page.keyboard.press("End");
  await active(page, last);
  await page.keyboard.press("Home");
  await active(page, 0);
  await expect(field(page), "the focus stays in the field").toBeFocused();

  await page.keyboard.press("Escape");
  await expect(field(page)).toHaveValue("");
  await expect(field(page)).toHaveAttribute("aria-expanded", "false");
  await expect(page.getByRole("heading", { name: "Often chosen" })).toBeVisible();

  await page.keyboard.type(PLAIN.name);
  await expect(options(page).first()).toContainText(PLAIN.name);
  await page.keyboard.press("ArrowDown");
  await active(page, 0);
  await page.keyboard.press("Enter");
  await expect(heading(page)).toHaveText(`Connect ${PLAIN.name}`);
});

test("the count is in the accessibility tree @script", async ({ page, fresh }) => {
  await search(page, "finbank oauth");
  await expect(count(page), fresh.email).not.toBeEmpty();
  await expect(page.locator("main")).toMatchAriaSnapshot(`
    - status: /institution/
  `);
  await field(page).fill("qqzzxxyyww");
  await expect(page.locator("main")).toMatchAriaSnapshot(`
    - status: "Nothing found for “qqzzxxyyww”"
  `);
});

test("an older answer never replaces a newer one @script", async ({ page, fresh }) => {
  // The older one is held until the newer one is shown.
  let free = () => {};
  const newer = new Promise<void>((resolve) => {
    free = resolve;
  });
  const older: string[] = [];
  await page.route(/\/rpc\/search\b.*[?&]term=finb(&|$)/, async (route) => {
    older.push(route.request().url());
    await newer;
    await route.continue().catch(() => {});
  });
  await search(page, "finb");
  await expect.poll(() => older.length, fresh.email).toBe(1);
  await field(page).fill("chase");
  await expect(options(page).first()).toContainText("Chase");
  const ended = page.waitForEvent("requestfailed", { predicate: (request) => request.url() === older[0], timeout: 2_000 });
  free();
  await ended.catch(() => {});
  await expect(options(page).first()).toContainText("Chase");
});

test("what is on the way to a longer term is neither asked nor counted @script", async ({ page, fresh, app }) => {
  const stem = `zq${fresh.email.replace(/[^a-z]/g, "").slice(0, 6)}xw`;
  const answered: string[] = [];
  let free = () => {};
  const looked = new Promise<void>((resolve) => {
    free = resolve;
  });
  // The server answers all; the page gets the last answer when the test has looked.
  await page.route(/\/rpc\/search\b/, async (route) => {
    const { searchParams } = new URL(route.request().url());
    const answer = await route.fetch();
    answered.push(`${searchParams.get("term")} ${searchParams.get("typing")}`);
    if (searchParams.get("term") === stem || searchParams.get("typing") === "Done") await looked;
    await route.fulfill({ response: answer }).catch(() => {});
  });
  await search(page, "");
  await field(page).fill(stem);
  await expect.poll(() => answered).toEqual([`${stem} Ongoing`]);
  await field(page).fill(`${stem}k`);
  await expect.poll(() => answered).toEqual([`${stem} Ongoing`, `${stem}k Ongoing`, `${stem}k Done`]);
  await expect(count(page), "nothing is said to be missing before Mastercard was asked").toHaveCount(0);
  free();
  await expect(count(page)).toHaveText(`Nothing found for “${stem}k”`);
  expect(answered).toHaveLength(3);

  await page.context().clearCookies();
  await admit(page.request, app, DEMO.admin);
  await page.goto("/admin/missing-institutions");
  await expect(page.getByRole("rowheader", { name: `${stem}k`, exact: true })).toHaveCount(1);
  await expect(page.getByRole("rowheader", { name: stem, exact: true })).toHaveCount(0);
});

test("a search that does not answer says so and can be tried again @script", async ({ page, fresh, guard }) => {
  guard.expect(/Failed to load resource|ERR_FAILED/);
  await page.route(/\/rpc\/search/, (route) => route.abort());
  await search(page, "chase");
  await expect(page.getByRole("status").filter({ hasText: "The search does not answer" }), fresh.email).toBeVisible();
  await page.unroute(/\/rpc\/search/);
  await page.getByRole("button", { name: "Search again" }).click();
  await expect(options(page).first()).toContainText("Chase");
});

test("what is offline stands last, with the reason, and cannot be chosen", async ({ page, fresh }) => {
  await page.goto("/connect?q=finbank+offline");
  const row = options(page).filter({ hasText: OFFLINE.name });
  await expect(row, fresh.email).toContainText("Not available: it does not answer at present");
  await expect(row).not.toHaveAttribute("href");
  await page.goto("/connect?q=finbank");
  const states = await options(page).evaluateAll((rows) => rows.map((one) => one.hasAttribute("href")));
  expect(states.lastIndexOf(true), "open ones stand before closed ones").toBeLessThan(
    states.includes(false) ? states.indexOf(false) : states.length,
  );
  await page.goto(`/connect/${OFFLINE.id}`);
  await expect(page.locator("main")).toContainText(`${OFFLINE.name} does not answer Mastercard at present`);
  await expect(page.locator("form.go")).toHaveCount(0);
  await expect(page.locator("main").getByRole("link", { name: "Choose another bank" }).first()).toBeVisible();
});

test("nothing found has three ways on", async ({ page, fresh }) => {
  await page.goto("/connect?q=qqzzxxyyww");
  await expect(page.locator(".search-count"), fresh.email).toHaveText("Nothing found for “qqzzxxyyww”");
  const ways = page.locator(".ways > li");
  await expect(ways).toHaveCount(3);
  await expect(ways.nth(0)).toContainText("Check the spelling");
  await expect(ways.nth(1)).toContainText("routing number");
  await ways.nth(2).getByRole("link", { name: "Tell us it is missing" }).click();
  await expect(heading(page)).toHaveText("Tell us what is missing");
  await expect(page.getByLabel("Name of the institution")).toHaveValue("qqzzxxyyww");
  await page.getByLabel("Its web address").fill("no address");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByText("This is not a web address")).toBeVisible();
  await expect(page.getByLabel("Name of the institution")).toHaveValue("qqzzxxyyww");
  await page.getByLabel("Its web address").fill("qqzz.example.com");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByText("Noted, thank you.")).toBeVisible();
});

test("as a form: name, alias, address, typo", async ({ page, fresh }) => {
  const table = [
    ["navy federal", "Navy Federal"],
    ["boa", "Bank of America"],
    ["https://www.chase.com/personal/login", "Chase"],
    ["welss fargo", "Wells Fargo"],
  ] as const;
  for (const [typed, found] of table) {
    await page.goto("/connect");
    await page.locator("#q").fill(typed);
    await page.getByRole("button", { name: "Search", exact: true }).click();
    await expect(page, fresh.email).toHaveURL(/\/connect\?q=/);
    await expect(options(page).first(), typed).toContainText(found);
  }
  await options(page).first().click();
  await expect(heading(page)).toContainText("Connect Wells Fargo");
});

test("a routing number leads to its institution", async ({ page, fresh }) => {
  await page.goto("/connect?q=021000021");
  await expect(options(page).first(), fresh.email).toContainText("Chase");
});

test("popular tiles before typing", async ({ page, fresh }) => {
  await page.goto("/connect");
  const tiles = page.locator(".tiles a");
  await expect(tiles.first(), fresh.email).toBeVisible();
  expect(await tiles.count()).toBeLessThanOrEqual(8);
  const name = await tiles.first().locator(".tile-name").textContent();
  await tiles.first().click();
  await expect(heading(page)).toHaveText(`Connect ${name}`);
});

test("a dead logo host costs one request for each icon, and a letter stands there", async ({ page, fresh, sandbox, guard }) => {
  guard.expect(/Failed to load resource: .*40\d|404/);
  await sandbox.tell({ do: "setLogoHost", host: "dead" });
  try {
    const asked = new Map<string, number>();
    page.on("request", (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.startsWith("/icons/")) asked.set(pathname, (asked.get(pathname) ?? 0) + 1);
    });
    await page.goto("/connect?q=schwab", { waitUntil: "networkidle" });
    await expect(options(page).first(), fresh.email).toBeVisible();
    expect(asked.size).toBeGreaterThan(0);
    expect([...asked.values()].every((times) => times === 1), JSON.stringify([...asked])).toBe(true);
    await expect(options(page).first().locator(".icon")).toHaveText(/^[A-Z]/);
  } finally {
    await sandbox.tell({ do: "setLogoHost", host: "up" });
  }
});
