import type { Page } from "@playwright/test";
import { type Call, Partner } from "../fixtures/partner.ts";
import { agree, enter, expect, OAUTH, type Place, PLAIN, type Sandbox, share, test as base } from "../fixtures/test.ts";

// The sandbox's pages speak with the real connect-web-sdk; none of our pages is between.
const test = base.extend<{ partner: Partner }>({
  partner: async ({ page, request, sandbox, guard }, use) => {
    const partner = await Partner.serve(page, request, sandbox.origin);
    guard.allow(partner.origin);
    await use(partner);
    partner.close();
  },
});

const HANDLERS = ["onDone", "onCancel", "onError", "onRoute", "onUser", "onLoad"];
const WAYS = ["iframe", "popup"] as const;

/** Data Connect on the partner's page. */
interface Shown {
  at: Place;
  /** Resolves when frame or window are gone, which is the SDK's doing. */
  gone: () => Promise<void>;
}

async function launch(page: Page, partner: Partner, way: (typeof WAYS)[number], link: string, names = HANDLERS): Promise<Shown> {
  if (way === "popup") {
    const [popup] = await Promise.all([page.waitForEvent("popup"), partner.launch(link, names, true)]);
    return { at: popup, gone: () => expect.poll(() => popup.isClosed()).toBe(true) };
  }
  await partner.launch(link, names, false);
  const frame = page.locator("#connectIframe");
  return { at: frame.contentFrame(), gone: () => expect(frame).toHaveCount(0) };
}

const load: Call = ["onLoad"];
const route = (screen: string, params = {}): Call => ["onRoute", { screen, params }];

/** The one kind of user event; without more it tells of the beginning. */
function adding(institutionId: number, more: object = {}): Call {
  const nothing = { institutionLoginId: null, accounts: 0, accountIds: [], success: null, errorCode: null };
  return ["onUser", { action: "AddAccounts", institutionId, ...nothing, ...more }];
}

/** What is told of the accounts that a customer has in the end. */
async function added(sandbox: Sandbox, customer: string, institutionId: number): Promise<Call[]> {
  const { customers } = await sandbox.state();
  const login = customers.find(({ id }) => id === customer)?.logins[0];
  if (login === undefined) throw new Error("nothing was connected");
  const accountIds = login.accounts.map(({ id }) => id);
  expect(accountIds).toHaveLength(2);
  const what = { institutionLoginId: login.id, accounts: 2, accountIds, success: true };
  return [route("Done"), adding(institutionId, what), ["onDone", { code: 200, reason: "complete", reportData: [] }]];
}

const BEGUN = [load, route("Add-Institution", { id: PLAIN.id }), adding(PLAIN.id)];
const BEGUN_OAUTH = [load, route("Add-Oauth-Institution", { id: OAUTH.id }), adding(OAUTH.id)];

/** Ends that bring no account: what the person does, and what is told of it. */
const ENDS: { end: string; walk: (at: Place, sandbox: Sandbox) => Promise<unknown>; told: Call[] }[] = [
  {
    end: "cancel",
    walk: (at) => at.getByRole("button", { name: "Cancel and go back" }).click(),
    told: [["onCancel", { code: 100, reason: "exit" }]],
  },
  {
    end: "error",
    walk: async (at) => {
      await enter(at, "demo", "102");
      await at.getByRole("button", { name: "Go back to the app" }).click();
    },
    told: [adding(PLAIN.id, { success: false, errorCode: 102 }), ["onError", { code: 500, reason: "error" }]],
  },
  {
    end: "timeout",
    walk: (_, sandbox) => sandbox.tell({ do: "advanceClock", minutes: 8 }),
    told: [["onError", { code: 1440, reason: "timeout" }]],
  },
];

for (const way of WAYS) {
  test(`SDK, ${way}: done, then a fix that finds nothing @script`, async ({ page, partner, sandbox }) => {
    const customer = await partner.customer();
    const lite = await launch(page, partner, way, await partner.lite(customer, PLAIN.id));
    await agree(lite.at);
    await enter(lite.at, "test", "profile_02");
    await share(lite.at);
    await lite.gone();
    const told = await added(sandbox, customer, PLAIN.id);
    expect(await partner.calls()).toEqual([...BEGUN, route("Add-Accounts"), ...told]);

    const login = (await sandbox.state()).customers.find(({ id }) => id === customer)?.logins[0]?.id ?? 0;
    const fix = await launch(page, partner, way, await partner.fix(customer, login));
    await fix.gone();
    expect(await partner.calls()).toEqual([load, ["onError", { code: 201, reason: "error" }]]);
  });

  for (const { end, walk, told } of ENDS) {
    test(`SDK, ${way}: ${end} @script`, async ({ page, partner, sandbox }) => {
      const { at, gone } = await launch(page, partner, way, await partner.lite(await partner.customer(), PLAIN.id));
      await agree(at);
      await expect(at.getByLabel("User name")).toBeVisible();
      await walk(at, sandbox);
      await gone();
      expect(await partner.calls()).toEqual([...BEGUN, ...told]);
    });
  }
}

/** To the institution's own site and through it. */
async function allow(window: Page): Promise<void> {
  await enter(window, "test", "profile_02");
  await window.getByRole("button", { name: "Allow access" }).click();
}

const handOff = (at: Place) => at.getByRole("link", { name: `Continue to ${OAUTH.name}` });

/** To the hand-off of an OAuth institution, when the SDK has made itself known:
 * before its first ping the link opens the window without it. */
async function begin(at: Place, partner: Partner): Promise<void> {
  await agree(at);
  await expect.poll(() => partner.calls()).toEqual(BEGUN_OAUTH);
}

test("SDK, iframe: OAuth in a window that the SDK opens and closes @script", async ({ page, partner, sandbox }) => {
  const customer = await partner.customer();
  const { at, gone } = await launch(page, partner, "iframe", await partner.lite(customer, OAUTH.id));
  await begin(at, partner);
  const first = page.waitForEvent("popup");
  await handOff(at).click();
  const closed = await first;
  await expect(closed.getByLabel("User name")).toBeVisible();
  await closed.close();
  await expect(at.getByRole("alert"), "the SDK tells that it was closed").toContainText("was closed before you finished");

  const [window] = await Promise.all([
    page.waitForEvent("popup"),
    at.getByRole("link", { name: `Open ${OAUTH.name} again` }).click(),
  ]);
  await allow(window);
  await gone();
  await expect.poll(() => window.isClosed()).toBe(true);
  expect(await partner.calls()).toEqual([...BEGUN_OAUTH, ...(await added(sandbox, customer, OAUTH.id))]);
});

test("SDK, iframe: OAuth in a window of the partner's own @script", async ({ page, partner, sandbox, context }) => {
  const customer = await partner.customer();
  const link = await partner.lite(customer, OAUTH.id);
  const { at, gone } = await launch(page, partner, "iframe", link, [...HANDLERS, "onUrl"]);
  await begin(at, partner);
  const [window] = await Promise.all([page.waitForEvent("popup"), handOff(at).click()]);
  await expect(window.getByLabel("User name")).toBeVisible();
  expect(context.pages(), "the SDK opens none").toHaveLength(2);
  const address = window.url();
  expect(address).toMatch(new RegExp(`^${sandbox.origin}/institution/`));
  await allow(window);
  await gone();
  await expect.poll(() => window.isClosed()).toBe(true);
  const told = await added(sandbox, customer, OAUTH.id);
  expect(await partner.calls()).toEqual([...BEGUN_OAUTH, ["onUrl", "OPEN", address], ["onUrl", "CLOSE"], ...told]);
});

test("SDK, iframe: an OAuth window that is blocked, then opened by the page itself @script", async ({ page, partner, sandbox }) => {
  const customer = await partner.customer();
  const { at, gone } = await launch(page, partner, "iframe", await partner.lite(customer, OAUTH.id));
  await begin(at, partner);
  // What a blocker answers to a script.
  await page.evaluate(() => Object.assign(window, { open: () => null }));
  await handOff(at).click();
  await expect(at.getByRole("alert"), "the SDK tells that it was blocked").toContainText("kept the window of");
  const [own] = await Promise.all([page.waitForEvent("popup"), handOff(at).click()]);
  await allow(own);
  await gone();
  expect(await partner.calls()).toEqual([...BEGUN_OAUTH, ...(await added(sandbox, customer, OAUTH.id))]);
});

test("SDK, popup: OAuth in the popup itself, no other window @script", async ({ page, partner, sandbox, context }) => {
  const customer = await partner.customer();
  const link = await partner.lite(customer, OAUTH.id);
  const { at, gone } = await launch(page, partner, "popup", link, [...HANDLERS, "onUrl"]);
  const popup = at as Page;
  await begin(popup, partner);
  await handOff(popup).click();
  await expect(popup).toHaveURL(new RegExp(`^${sandbox.origin}/institution/`));
  expect(context.pages()).toHaveLength(2);
  await allow(popup);
  await gone();
  expect(await partner.calls()).toEqual([...BEGUN_OAUTH, ...(await added(sandbox, customer, OAUTH.id))]);
});
