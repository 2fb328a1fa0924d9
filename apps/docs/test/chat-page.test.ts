// The page in a real browser: two people sign in, write, read and take back, in the page and through the server.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type MockServer, startMockServer } from "@nimkit/server-mock/node";
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from "playwright-core";
import { build } from "vite";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { CHROMIUM_FLAGS, ensureChromium } from "../../../scripts/ensure-tools.ts";

/** Longest wait for something to appear, in ms: only a failing test waits that long. */
const WAIT_MS = 10_000;
const START_MS = 60_000;

const siteDir = mkdtempSync(join(tmpdir(), "nimkit-page-"));
let server: MockServer;
let browser: Browser;
let context: BrowserContext;
let page: Page;
/** Answers to calls of the API, and whether the page's own mock gave them. */
let calls: { readonly path: string; readonly fromPage: boolean }[];
let foreign: string[];
let failures: string[];

beforeAll(async () => {
  // From the sources, so that the test needs no earlier build.
  await build({
    configFile: resolve(import.meta.dirname, "../vite.config.ts"),
    logLevel: "error",
    build: { outDir: siteDir, emptyOutDir: true, sourcemap: false },
    resolve: { conditions: ["source", "module", "browser", "production"] },
  });
  server = await startMockServer({ port: 0, siteDir });
  browser = await chromium.launch({ executablePath: ensureChromium(), args: ["--headless", ...CHROMIUM_FLAGS] });
}, START_MS);

afterAll(async () => {
  await browser?.close();
  await server?.close();
  rmSync(siteDir, { recursive: true, force: true });
});

beforeEach(async () => {
  server.backend.control.reset();
  calls = [];
  foreign = [];
  failures = [];
  await visit({});
});

afterEach(async () => {
  await context.close();
  expect(foreign, "requests to elsewhere").toEqual([]);
  expect(failures, "failures in the page").toEqual([]);
});

async function visit(options: Parameters<Browser["newContext"]>[0]): Promise<void> {
  await context?.close();
  context = await browser.newContext({ locale: "en-GB", ...options });
  context.setDefaultTimeout(WAIT_MS);
  page = await context.newPage();
  page.on("pageerror", (error) => failures.push(String(error)));
  page.on("request", (request) => {
    if (!request.url().startsWith(`${server.url}/`) && !request.url().startsWith("data:")) foreign.push(request.url());
  });
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.startsWith("/nim.v1.")) calls.push({ path: pathname, fromPage: response.fromServiceWorker() });
  });
  await page.goto(`${server.url}/`);
  await page.locator("html[data-mode=page]").waitFor();
}

const phone = (number: 1 | 2): Locator => page.locator(`.phone[data-phone="${number}"]`);
const button = (place: Locator, name: string): Locator => place.getByRole("button", { name, exact: true });

async function chooseMode(mode: "page" | "server"): Promise<void> {
  await page.getByLabel(mode === "page" ? "In this page" : "Through the server").check();
  await page.locator(`html[data-mode=${mode}]`).waitFor();
}

async function signIn(number: 1 | 2): Promise<Locator> {
  await button(phone(number), "Sign in").click();
  await button(phone(number), "Sign out").waitFor();
  return phone(number);
}

async function say(place: Locator, words: string): Promise<void> {
  await place.getByRole("textbox", { name: "Message" }).fill(words);
  await place.getByRole("textbox", { name: "Message" }).press("Enter");
}

const message = (place: Locator, words: string): Locator => place.getByRole("listitem").filter({ hasText: words });

describe.each(["page", "server"] as const)("with the backend in the %s", (mode) => {
  test("two people write, read and take back", async () => {
    await chooseMode(mode);
    const ann = await signIn(1);
    const ben = await signIn(2);

    await button(ann, "Open").click();
    await say(ann, "hello <b>Ben</b>");
    const row = ben.locator('[data-session="1001"]');
    await row.getByText("1 unread").waitFor({ state: "attached" });
    await message(ann, "hello").getByText("Sent").waitFor();

    await row.click();
    // What people write is text, never markup.
    await message(ben, "hello <b>Ben</b>").waitFor();
    await message(ann, "hello").getByText("Read", { exact: true }).waitFor();

    await say(ben, "你好,Ann");
    await message(ann, "你好,Ann").waitFor();
    await message(ben, "你好,Ann").getByText("Read", { exact: true }).waitFor();

    await say(ben, "a slip");
    await message(ann, "a slip").waitFor();
    await message(ben, "a slip").hover();
    await button(message(ben, "a slip"), "Message actions").click();
    await button(ben, "Take back").click();
    await ben.getByText("You took back a message").waitFor();
    await ann.getByText("1002 took back a message").waitFor();
    expect(await message(ann, "a slip").count()).toBe(0);

    expect(calls.map(({ path }) => path)).toContain("/nim.v1.MessageService/SendText");
    expect(calls.filter(({ fromPage }) => fromPage !== (mode === "page"))).toEqual([]);
    await page.locator('.log [data-event="messageRevoked"][data-phone="1"]').waitFor();
  });

  test("a tip, a place and the team", async () => {
    await chooseMode(mode);
    const ann = await signIn(1);
    const ben = await signIn(2);
    for (const place of [ann, ben]) await place.getByRole("button", { name: "Nimkit team" }).click();

    await ann.getByLabel("Tip", { exact: true }).check();
    await ann.getByRole("textbox", { name: "Tip, shown between the messages" }).fill("Ann is typing on a train");
    await button(ann, "Send").click();
    await ben.locator('[data-kind="tip"]').getByText("Ann is typing on a train").waitFor();

    await ann.getByLabel("Place", { exact: true }).check();
    await ann.getByRole("textbox", { name: "Name of the place" }).fill("Pier 5");
    await ann.getByRole("spinbutton", { name: "Latitude" }).fill("-33.86");
    await button(ann, "Send").click();
    await message(ben, "Pier 5").getByText("33.86° S, 120.1508° E").waitFor();
  });
});

test("a second device kicks the first, which then says why", async () => {
  const ann = await signIn(1);
  await button(ann, "Second device").click();
  await ann.getByText("This account signed in on another device of the same kind").waitFor();
  await signIn(1);
});

test("an error speaks the language of the page", async () => {
  await visit({ locale: "zh-CN" });
  const ann = phone(1);
  await ann.getByLabel("密码").fill("wrong");
  await button(ann, "登录").click();
  const inChinese = await ann.locator(".alert p").filter({ hasText: "302" }).textContent();
  expect(inChinese).toMatch(/\p{Script=Han}/u);
  await button(page.locator("body"), "English").click();
  const inEnglish = await ann.locator(".alert p").filter({ hasText: "302" }).textContent();
  expect(inEnglish).not.toMatch(/\p{Script=Han}/u);
  expect(await page.locator("html").getAttribute("lang")).toBe("en");
});

test("a change of backends leaves the other one's conversations behind", async () => {
  await signIn(1);
  await chooseMode("server");
  const ann = await signIn(1);
  await button(ann, "Open").click();
  await say(ann, "for the server");
  await message(ann, "for the server").getByText("Sent").waitFor();

  await chooseMode("page");
  const ben = await signIn(2);
  await ben.getByRole("button", { name: "Nimkit team" }).waitFor();
  expect(await ben.locator('[data-session="1001"]').count()).toBe(0);

  await chooseMode("server");
  await signIn(2);
  await phone(2).locator('[data-session="1001"]').waitFor();
});

test("the keyboard alone is enough", async () => {
  const ann = phone(1);
  await ann.getByLabel("Password").focus();
  await page.keyboard.press("Enter");
  await button(ann, "Open").waitFor();
  await ann.getByLabel("Account or team ID").focus();
  await page.keyboard.press("Enter");
  const words = ann.getByRole("textbox", { name: "Message" });
  await words.waitFor();
  expect(await words.evaluate((field) => field === document.activeElement)).toBe(true);
  await page.keyboard.type("one");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("two");
  await page.keyboard.press("Enter");
  await message(ann, "one").getByText("Sent").waitFor();

  await button(message(ann, "one"), "Message actions").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  expect(await button(ann, "Take back").count()).toBe(0);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await ann.getByText("You took back a message").waitFor();

  await button(ann, "Back to conversations").focus();
  await page.keyboard.press("Enter");
  await ann.locator(".row:focus").waitFor();
});

test("nothing sticks out at 360 px", async () => {
  await visit({ viewport: { width: 360, height: 740 } });
  const ann = await signIn(1);
  await button(ann, "Open").click();
  await say(ann, "w".repeat(300));
  await message(ann, "www").getByText("Sent").waitFor();
  const tooWide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(tooWide).toBe(0);
});
