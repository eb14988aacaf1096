import type { Locator } from "@playwright/test";
import { DEMO, admit } from "../fixtures/people.ts";
import { expect, heading, test } from "../fixtures/test.ts";

/** What a chart says to who cannot see it, a row of its table a text. */
async function said(chart: Locator): Promise<string[]> {
  const id = await chart.getByRole("img").getAttribute("aria-describedby");
  const text = await chart.locator(`[id="${id}"]`).textContent();
  return (text ?? "").split("; ");
}

/** The rows of its table, in the same words. */
async function tabled(chart: Locator): Promise<string[]> {
  const heads = await chart.locator("thead th").allTextContents();
  const rows = await chart.locator("tbody tr").all();
  return Promise.all(
    rows.map(async (row) => {
      const [label, ...cells] = await row.locator("th, td").allTextContents();
      return `${label}: ${cells.map((cell, at) => `${heads[at + 1]} ${cell}`).join(", ")}`;
    }),
  );
}

test("both funnels, in every look", async ({ page, stand, app }) => {
  await admit(page.request, app, DEMO.admin);
  await page.goto("/admin");
  await page.getByRole("link", { name: "Funnels", exact: true }).click();
  await expect(heading(page)).toHaveText("Funnels");
  await expect(page.getByRole("heading", { name: "How far they came: All" })).toBeVisible();
  await stand();
  await page.getByRole("link", { name: "Repair", exact: true }).click();
  await expect(page.getByText("Each break that Data Connect Fix can help")).toBeVisible();
  await stand();
});

test("a chart of a funnel reads as its table does", async ({ page, app }) => {
  await admit(page.request, app, DEMO.admin);
  await page.goto("/admin/funnels");
  const charts = await page.locator("figure.chart").all();
  expect(charts).toHaveLength(2);
  for (const [chart, rows] of [[charts[0], 5], [charts[1], 13]] as const) {
    await chart.locator("summary").click();
    const table = await tabled(chart);
    expect(table).toHaveLength(rows);
    expect(await said(chart)).toEqual(table);
  }
});

test("a funnel is asked for by a form, and leads to those of its parts", async ({ page, app }) => {
  await admit(page.request, app, DEMO.admin);
  await page.goto("/admin/funnels");
  await page.getByLabel("Begun in").selectOption("the last 90 days");
  await page.getByLabel("Weeks tell of").selectOption("Link opened");
  await page.getByRole("button", { name: "Show these" }).click();
  await expect(page).toHaveURL(/days=90&step=opened/);
  await expect(page.getByRole("heading", { name: "By week: Link opened" })).toBeVisible();
  await page.getByRole("link", { name: "English", exact: true }).click();
  await expect(page.getByRole("heading", { name: "How far they came: English" })).toBeVisible();
  const file = await page.request.get((await page.getByRole("link", { name: "This funnel as CSV" }).getAttribute("href")) ?? "");
  expect(await file.text()).toMatch(/^funnel,of,days,step/);
});

test("an address with a part that is no funnel's", async ({ page, guard, app }) => {
  guard.expect(/400/);
  await admit(page.request, app, DEMO.admin);
  await page.goto("/admin/funnels?of=code.103");
  await expect(heading(page)).toHaveText("This address is not one of ours");
  await page.getByRole("link", { name: "Show all" }).click();
  await expect(heading(page)).toHaveText("Funnels");
});
