import { DEMO, admit } from "../fixtures/people.ts";
import { expect, heading, test } from "../fixtures/test.ts";

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
  await page.goto("/admin/funnels?days=90&of=code.103");
  await expect(heading(page)).toHaveText("This address is not one of ours");
  await page.getByRole("link", { name: "Leave that part out" }).click();
  await expect(page.getByLabel("Begun in")).toHaveValue("90");
  await page.goBack();
  await page.getByRole("link", { name: "Show all" }).click();
  await expect(heading(page)).toHaveText("Funnels");
});
