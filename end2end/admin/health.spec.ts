import { leadsBack } from "../fixtures/address.ts";
import { DEMO, admit } from "../fixtures/people.ts";
import { connectKept } from "../fixtures/repair.ts";
import { expect, heading, test } from "../fixtures/test.ts";
import { numbers } from "./numbers.ts";

/** Every page of figures, and what it is called. */
const PAGES = [
  ["/admin", /connections? (is|are) healthy|Not enough data|There is no connection to count yet/],
  ["/admin/connections", "Connections"],
  ["/admin/breaks", "Breaks"],
  ["/admin/institutions", "Institutions"],
  ["/admin/codes", "Codes and causes"],
  ["/admin/missing-institutions", "Missing institutions"],
] as const;

test("the pages of figures, in every look", async ({ page, stand, app }) => {
  await admit(page.request, app, DEMO.admin);
  for (const [path, title] of PAGES) {
    await page.goto(path);
    await expect(heading(page)).toHaveText(title);
    await stand();
  }
  await page.goto("/admin/institutions");
  await page.locator("tbody a").first().click();
  await expect(page.getByRole("heading", { name: "Breaks and repairs" })).toBeVisible();
  await stand();
});

test("each number leads to its rows", async ({ page, app }) => {
  await admit(page.request, app, DEMO.admin);
  await page.goto("/admin");
  await numbers(page);
});

test("an address with a part that is none of ours", async ({ page, guard, app }) => {
  guard.expect(/400/);
  await admit(page.request, app, DEMO.admin);
  await leadsBack(page, ["/admin/connections?code=x", "/admin/breaks?from=2026-02-30", "/admin/institutions?sort=size"]);
});

test("the health page follows what happens, and leaves what is open as it is @script", async ({ page, context, app }) => {
  await admit(page.request, app, DEMO.admin);
  await page.goto("/admin");
  const standings = page.locator(".halves table").first();
  const before = await standings.innerText();
  const closed = page.locator("main details").first();
  const name = await closed.locator("summary").innerText();
  await closed.locator("summary").click();
  await connectKept(await context.newPage());
  await expect.poll(() => standings.innerText(), { message: "nobody loads it anew" }).not.toBe(before);
  await expect(closed).toHaveJSProperty("open", true);
  await expect(page.getByText(name).and(page.locator("summary:focus")).first()).toBeVisible();
});
