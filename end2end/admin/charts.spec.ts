import { readsAsTable, saysInstead } from "../fixtures/chart.ts";
import { DEMO, admit } from "../fixtures/people.ts";
import { expect, test } from "../fixtures/test.ts";

// A past with something to draw.
test.use({ settings: { RELINK_SANDBOX__SCENARIO: "ninety-days" } });

test("a chart reads as its table does", async ({ page, app }) => {
  await admit(page.request, app, DEMO.admin);
  await page.goto("/admin");
  const charts = await page.locator("figure.chart").all();
  expect(charts).toHaveLength(2);
  for (const [days, chart] of [[90, charts[0]!], [30, charts[1]!]] as const) {
    const title = await chart.locator("figcaption").innerText();
    await expect(chart.getByRole("img", { name: title, exact: true })).toBeVisible();
    await readsAsTable(chart, days);
  }
  await page.goto("/admin/funnels?days=90");
  await readsAsTable(page.locator("#steps"), 5);
});

test("where there is nothing to draw, a sentence stands", async ({ page, app, stand }) => {
  await admit(page.request, app, DEMO.admin);
  // One connection is too few for a share.
  await page.goto("/admin/institutions?sort=name");
  await page.locator("tbody a").first().click();
  await saysInstead(page.locator("#trend"), "Not enough data", 90);
  await stand();
});
