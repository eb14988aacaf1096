import { agree, breaks, connectKept, enter, expect, heading, letterTo, newestLogin, PLAIN, tells, test } from "../fixtures/test.ts";
import type { Page } from "@playwright/test";

test.slow();

/** E-mail at any hour, so that a test need not wait for the morning. */
async function atAnyHour(page: Page): Promise<void> {
  await page.goto("/account/notices");
  await page.getByLabel("Send nothing at night").uncheck();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator(".notice")).toContainText("Saved.");
}

test("a break is told, its e-mail leads to the repair, and the repair is told too", async ({ page, fresh, sandbox, request, app, stand }) => {
  await connectKept(page);
  await atAnyHour(page);
  await page.goto("/notices");
  await expect(heading(page)).toHaveText("No notices yet");
  await stand();
  await breaks(page, sandbox, await newestLogin(sandbox), 103);
  await tells(page, `${PLAIN.name} asks you to sign in again`);
  await expect(page.locator(".nav-count")).toHaveText("1 new");
  await expect(page.locator(".told .badge")).toHaveText("Still needs you");
  await stand();

  await sandbox.tell({ do: "advanceClock", minutes: 400 });
  const letter = await letterTo(request, app, fresh, `${PLAIN.name} needs you`);
  expect(letter).not.toContain("signature=");
  const link = letter.match(/href="([^"]*\/notices\/[^"]+)"/)?.[1] ?? "";
  // Opened in a browser that nobody is signed in to.
  await page.context().clearCookies();
  await page.goto(link);
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await page.locator("input[name=email]").fill(fresh.email);
  await page.locator("input[name=password]").fill(fresh.password);
  await page.locator("form:has(input[name=password]) button[type=submit]").click();
  await expect(page).toHaveURL(link);
  await expect(page.locator("main")).toContainText(`Your sign-in at ${PLAIN.name} has changed`);
  await stand();
  await page.getByRole("button", { name: `Fix connection to ${PLAIN.name}` }).click();
  await agree(page);
  await enter(page, "test", "profile_02");
  await expect(heading(page)).toHaveText(`${PLAIN.name} works again`, { timeout: 30_000 });

  await tells(page, `${PLAIN.name} works again`);
  await expect(page.locator(".told .badge").last()).toHaveText("Repaired since");
  await page.goto(link);
  await expect(heading(page)).toHaveText(`${PLAIN.name} is already working again`);
  await stand();
  await page.goto("/notices");
  await page.getByRole("button", { name: "Mark all as read" }).click();
  await expect(page.locator(".notice")).toContainText("All notices are marked as read.");
  await expect(page.locator(".nav-count")).toHaveCount(0);
});

test("an e-mail is stopped by its link, and had again from the settings", async ({ page, fresh, sandbox, request, app, stand }) => {
  await connectKept(page);
  await atAnyHour(page);
  await breaks(page, sandbox, await newestLogin(sandbox), 103);
  await tells(page, `${PLAIN.name} asks you to sign in again`);
  await sandbox.tell({ do: "advanceClock", minutes: 400 });
  const letter = await letterTo(request, app, fresh, `${PLAIN.name} needs you`);
  const link = letter.match(/href="([^"]*\/unsubscribe\?token=[^"]+)"/)?.[1] ?? "";
  await page.context().clearCookies();
  await page.goto(link.replaceAll("&amp;", "&"));
  await expect(heading(page)).toHaveText("Stop notices by e-mail");
  await stand();
  await page.getByRole("button", { name: "Stop them" }).click();
  await expect(heading(page)).toHaveText("No more notices by e-mail");
  await stand();
  await page.goto("/unsubscribe?token=forged");
  await expect(heading(page)).toHaveText("This link stops nothing");
  await stand();
});

test("ways, hours and phone are chosen on one page", async ({ page, fresh, request, app, stand }) => {
  await page.goto("/account");
  await page.getByRole("link", { name: "Choose how we tell you" }).click();
  await expect(heading(page), fresh.email).toHaveText("How we tell you");
  await stand();
  await page.getByLabel("Once a day").check();
  await page.getByLabel("From", { exact: true }).fill("22:30");
  await page.getByLabel("Until", { exact: true }).fill("22:30");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator(".problem")).toContainText("two different times");
  await expect(page.getByLabel("Once a day"), "what was chosen stays").toBeChecked();
  await stand();
  await page.getByLabel("Until", { exact: true }).fill("06:15");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator(".notice")).toContainText("Saved.");
  await expect(page.getByLabel("Until", { exact: true })).toHaveValue("06:15");

  await page.getByLabel("Phone number").fill("12");
  await page.getByRole("button", { name: "Send me a code" }).click();
  await expect(page.locator(".problem")).toContainText("not a phone number");
  const number = `(202) 555-0${Math.floor(100 + Math.random() * 100)}`;
  await page.getByLabel("Phone number").fill(number);
  await page.getByRole("button", { name: "Send me a code" }).click();
  await expect(page.locator("#phone")).toContainText("We sent a code to +1 202-555-");
  await stand();
  let code: string | undefined;
  const digits = `+1${number.replaceAll(/\D/g, "")}`;
  await expect
    .poll(async () => {
      const rows = (await (await request.get(`${app}/outbox`)).text()).split("<li");
      code = rows.find((row) => row.includes(digits))?.match(/(\d{6}) is your code/)?.[1];
      return code;
    })
    .toBeDefined();
  await page.getByLabel("Code from the message").fill(code === "000000" ? "000001" : "000000");
  await page.getByRole("button", { name: "Confirm this phone" }).click();
  await expect(page.locator(".problem")).toContainText("not the code we sent");
  await page.getByLabel("Code from the message").fill(code ?? "");
  await page.getByRole("button", { name: "Confirm this phone" }).click();
  await expect(page.locator("#phone .notice")).toContainText("Your phone is confirmed.");
  await expect(page.locator("#by_sms-on")).toBeChecked();
  await stand();
});

test("a connection is kept quiet about, and told of again", async ({ page, fresh, stand }) => {
  await connectKept(page);
  await page.getByRole("link", { name: `More about ${PLAIN.name}` }).click();
  await page.getByRole("button", { name: "For a week" }).click();
  await expect(page.locator(".notice"), fresh.email).toContainText("We tell you nothing of this connection until");
  await stand();
  await page.goto("/connections");
  await expect(page.locator(".card")).toContainText("No notices until");
  await stand();
  await page.getByRole("link", { name: `More about ${PLAIN.name}` }).click();
  await page.getByRole("button", { name: "Tell me again" }).click();
  await expect(page.locator(".notice")).toContainText("We tell you of this connection again.");
});
