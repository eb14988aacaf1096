import { WHOLE } from "../fixtures/chromium.ts";
import { admit, agree, enter, expect, heading, PLAIN, share, test } from "../fixtures/test.ts";

// A trace evaluates in the page as a person would, and nothing is blocked then.
test.use({ settings: { RELINK_CONNECT__WINDOW: "popup" }, trace: "off" });

test("popup blocked: the whole page leaves instead @script", async ({ playwright, launchOptions, fresh, app, guard, sandbox }) => {
  // Playwright switches the blocker off unless told; the shell has none.
  const options = { ...launchOptions, executablePath: WHOLE, ignoreDefaultArgs: ["--disable-popup-blocking"] };
  const browser = await playwright.chromium.launch(options);
  const context = await browser.newContext({ baseURL: app });
  guard.watch(context, [app, sandbox.origin]);
  const page = await context.newPage();
  await admit(page.request, app, fresh);
  const popups: string[] = [];
  page.on("popup", (popup) => popups.push(popup.url()));
  // A submit that no person made is what the blocker stops; a click or an
  // evaluation of Playwright counts as a person's.
  await page.addInitScript(() => {
    addEventListener("load", () => document.querySelector<HTMLFormElement>("form[data-window]")?.requestSubmit());
  });
  await page.goto(`/connect/${PLAIN.id}`);
  await expect(page.getByRole("button", { name: "Agree and continue" })).toBeVisible();
  expect(popups, "the blocker held it").toEqual([]);
  await agree(page);
  await enter(page, "test", "profile_02");
  await share(page);
  await expect(page).toHaveURL(new RegExp(`^${app}/connect/sessions/`));
  await expect(heading(page), fresh.email).toHaveText(`${PLAIN.name} is connected: two accounts`);
  await browser.close();
});
