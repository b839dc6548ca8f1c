// Whoever reads the pages in a browser: opens them, presses their buttons, checks what must hold of any.

import assert from "node:assert/strict";
import { fits, isAccessible } from "./axe.mjs";

/** A page of the demo, in a window of its own; what goes wrong in it is kept in `faults`. */
export async function openOn(browser, demo, { width = 1280, javaScriptEnabled = true, colorScheme = "light", service = false } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    javaScriptEnabled,
    colorScheme,
    locale: "fr-FR",
  });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const faults = [];
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (!url.protocol.startsWith("data") && url.origin !== demo.address) faults.push(`foreign: ${url}`);
    if (url.search && !service) faults.push(`something in the address: ${url}`);
  });
  page.faults = faults;
  page.scripted = javaScriptEnabled;
  page.service = service;
  await page.goto(demo.address);
  return page;
}

/** What must hold of any page, wherever the journey is. */
export async function check(page, where) {
  // axe needs timers, which a page without JavaScript does not have: the same pages are read with it.
  if (page.scripted) await isAccessible(page, where);
  await fits(page, where);
  // A form that comes back refused is logged by the browser as a failed load: that one is expected.
  assert.deepEqual(page.faults.filter((it) => !it.includes("422")), [], where);
  const cookies = await page.context().cookies();
  // The public pages keep nothing; a service keeps its session, and nothing a script could read.
  if (!page.service) assert.deepEqual(cookies, [], where);
  for (const it of cookies) assert.ok(it.httpOnly && it.secure && it.name.startsWith("__Host-"), `${where}: ${it.name}`);
}

export const press = (page, name) => page.getByRole("button", { name, exact: true }).last().click();
