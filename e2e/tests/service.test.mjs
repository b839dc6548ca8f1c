// Behind a sign-in: a worker's day, a manager's, with and without JavaScript, on a small and a large screen.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { check, openOn, press } from "../reader.mjs";
import { startBrowser, startDemo } from "../tandem.mjs";

const PASSWORD = "tournesol brume canoë lanterne";
const WORKER = "claire.dubosc@demo.tandem";
const MANAGER = "paul.tessier@demo.tandem";

let demo;
let browser;

before(async () => {
  [demo, browser] = await Promise.all([startDemo(), startBrowser()]);
});

after(async () => {
  await browser.close();
  await demo.stop();
});

/** The demonstration gives the code on the page that asks for it. */
async function signIn(page, address) {
  await page.goto(`${demo.address}/connexion`);
  await check(page, "sign in");
  await page.locator('input[name="address"]').fill(address);
  await page.locator('input[name="password"]').fill(PASSWORD);
  await page.locator("main form button").first().click();
  const told = await page.getByText(/tapez le code/).innerText();
  await check(page, "second factor");
  await page.locator('input[name="code"]').fill(told.match(/code (\S+)\./)[1]);
  await page.locator("main form button").first().click();
  await page.getByRole("heading", { level: 1 }).waitFor();
}

async function visit(page, path) {
  const answer = await page.goto(`${demo.address}${path}`);
  assert.equal(answer.status(), 200, path);
  await check(page, path);
}

for (const javaScriptEnabled of [true, false]) {
  for (const width of [360, 1280]) {
    describe(`${javaScriptEnabled ? "with" : "without"} JavaScript, ${width} px`, () => {
      test("a worker opens a file and what goes with it", async () => {
        const page = await openOn(browser, demo, { width, javaScriptEnabled, service: true });
        await signIn(page, WORKER);
        await visit(page, "/dossiers");
        const file = await page.locator('main a[href^="/dossiers/0"]').first().getAttribute("href");
        for (const part of ["", "/foyer", "/equipe", "/historique", "/contestations", "/conservation", "/droits"]) {
          await visit(page, `${file}${part}`);
        }
        await visit(page, "/personnes");
        await page.locator('main input[type="search"], main input[type="text"]').first().fill("benali");
        await page.locator("main form button").first().click();
        await page.getByText(/Benali/).first().waitFor();
        await check(page, "found");
        await visit(page, "/compte");
        await page.context().close();
      });

      test("a manager looks after the service", async () => {
        const page = await openOn(browser, demo, { width, javaScriptEnabled, service: true });
        await signIn(page, MANAGER);
        for (const path of ["/equipe", "/equipe/acces", "/conservation", "/conservation/certificats"]) {
          await visit(page, path);
        }
        await page.context().close();
      });

      test("pages for everybody", async () => {
        const page = await openOn(browser, demo, { width, javaScriptEnabled, service: true });
        for (const path of ["/matrice", "/registre", "/espace", "/espace?langue=ar", "/calendrier", "/invitation"]) {
          await visit(page, path);
        }
        await page.context().close();
      });
    });
  }
}

test("after signing out, the way back shows nothing", async () => {
  const page = await openOn(browser, demo, { service: true });
  await signIn(page, WORKER);
  await page.goto(`${demo.address}/dossiers`);
  await page.getByRole("button", { name: "Se déconnecter" }).click();
  await page.goBack();
  await page.waitForLoadState();
  assert.equal(await page.locator('main a[href^="/dossiers/0"]').count(), 0);
  await page.context().close();
});
