import type { APIRequestContext, Page } from "@playwright/test";
import { admit, DEMO, expect, heading, letterTo, type Person, somebody, test } from "../fixtures/test.ts";

const SUBJECT = "You are invited to Relink";
const DEAD = "This invitation does not work";

/** The row of an open invitation. */
function invitation(page: Page, email: string) {
  return page.getByRole("group", { name: "Open invitations" }).getByRole("row").filter({ hasText: email });
}

/** The row of somebody with a sign-in. */
function person(page: Page, email: string) {
  return page.getByRole("group", { name: "People" }).getByRole("row").filter({ hasText: email });
}

async function invite(page: Page, email: string, role: string): Promise<void> {
  const form = page.getByRole("region", { name: "Invite somebody" });
  await form.getByLabel("E-mail address").fill(email);
  await form.getByLabel("Role").selectOption(role);
  await form.getByRole("button", { name: "Send the invitation" }).click();
  await expect(page.locator("main")).toContainText("The invitation is on its way.");
}

async function show(page: Page, beginning: string, role: string): Promise<void> {
  const form = page.locator("form.filters");
  await form.getByLabel("Address begins with").fill(beginning);
  await form.getByLabel("Role").selectOption({ label: role });
  await form.getByRole("button", { name: "Show" }).click();
}

/** The address in the newest invitation, once it is another than that of `before`. */
async function invited(request: APIRequestContext, app: string, guest: Person, before = ""): Promise<string> {
  let link = before;
  await expect(async () => {
    const letter = await letterTo(request, app, guest, SUBJECT);
    link = letter.match(/href="([^"]*invitation=[^"]+)"/)?.[1] ?? before;
    expect(link).not.toBe(before);
  }).toPass();
  return link;
}

/** Chooses a password by the link of a letter. */
async function accept(page: Page, link: string, guest: Person): Promise<void> {
  await page.goto(link);
  await expect(page.getByLabel("E-mail address")).toHaveValue(guest.email);
  await page.getByLabel("Password").fill(guest.password);
  await page.getByRole("button", { name: "Make my account" }).click();
}

test("an invitation is listed, replaced by the next one, and withdrawn", async ({ page, request, app, stand }) => {
  const guest = somebody();
  await admit(page.request, app, DEMO.admin);
  await page.goto("/admin/people");
  await invite(page, guest.email, "support");
  await expect(invitation(page, guest.email)).toContainText(`Support${DEMO.admin.email}`);
  const until = (await invitation(page, guest.email).locator("time").getAttribute("datetime")) ?? "";
  expect((Date.parse(until) - Date.now()) / 86_400_000, until).toBeCloseTo(7, 2);
  await stand();
  const first = await invited(request, app, guest);

  await invite(page, guest.email, "viewer");
  await expect(invitation(page, guest.email)).toHaveCount(1);
  await expect(invitation(page, guest.email)).toContainText("Viewer");
  await show(page, guest.email, "Viewer");
  await expect(invitation(page, guest.email)).toHaveCount(1);
  await show(page, guest.email, "Support");
  await expect(page.getByText("Nobody is invited at present.")).toBeVisible();

  const second = await invited(request, app, guest, first);
  await show(page, guest.email, "All roles");
  await page.getByRole("button", { name: `Withdraw the invitation to ${guest.email}` }).click();
  await expect(page.locator("main")).toContainText("The invitation is withdrawn. Its link leads nowhere any more.");
  await expect(invitation(page, guest.email)).toHaveCount(0);
  await page.context().clearCookies();
  for (const link of [first, second]) {
    await page.goto(link);
    await expect(page.locator("main")).toContainText(DEAD);
  }
});

test("who accepts an invitation is found by beginning and role, and looked at", async ({ page, request, app, stand }) => {
  const guest = somebody();
  await admit(page.request, app, DEMO.admin);
  await page.goto("/admin/people");
  await invite(page, guest.email, "viewer");
  await accept(page, await invited(request, app, guest), guest);
  await admit(page.request, app, DEMO.admin);
  await page.goto("/admin/people");
  await show(page, guest.email.slice(0, 20), "Viewer");
  await expect(person(page, guest.email)).toContainText("ViewerCan sign in");
  await expect(invitation(page, guest.email)).toHaveCount(0);
  await show(page, guest.email, "User");
  await expect(page.getByText("Nobody is like that.")).toBeVisible();
  await show(page, guest.email, "All roles");
  await person(page, guest.email).getByRole("link").click();
  await expect(heading(page)).toHaveText(guest.email);
  await stand();
  await page.getByRole("link", { name: "What they did" }).click();
  await expect(page.getByRole("row").filter({ hasText: "Accepted an invitation" })).toContainText(guest.email);
});
