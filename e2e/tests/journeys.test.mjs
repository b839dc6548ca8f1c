// The journeys of a social worker: small and large screen, with and without JavaScript.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { isAccessible } from "../axe.mjs";
import { check, openOn, press } from "../reader.mjs";
import { startBrowser, startDemo } from "../tandem.mjs";

let demo;
let browser;

before(async () => {
  [demo, browser] = await Promise.all([startDemo(), startBrowser()]);
});

after(async () => {
  await browser.close();
  assert.equal(await demo.stop(), 0, "Ctrl-C ends the demo without an error");
});

const open = (options) => openOn(browser, demo, options);

/** Describes a person alone, hosted, without income: from the first page to the result. */
async function describeLea(page) {
  await page.getByRole("link", { name: "Commencer" }).click();
  await check(page, "personnes");
  const lea = page.getByRole("group", { name: "La personne", exact: true });
  await lea.getByLabel("Prénom ou initiale").fill("Léa");
  await lea.getByLabel("Date de naissance").fill("3/4/1990");
  await lea.getByLabel("Situation en ce moment").selectOption({ label: "Sans activité" });
  await lea.getByLabel("Dans cette situation depuis").fill("01/2020");
  await lea.getByLabel("Nationalité").selectOption({ label: "Française" });
  await lea.getByRole("radio", { name: "Non", exact: true }).check();
  await page.getByLabel("Non, seule (avec ou sans enfant)").check();
  await page.getByLabel("Elle n’a jamais vécu en couple").check();
  await press(page, "Continuer");
  await check(page, "revenus");
  await page.getByLabel("Aucun depuis janvier", { exact: false }).check();
  await page.getByLabel("Aucune épargne").check();
  await press(page, "Continuer");
  await check(page, "impôts");
  for (const nothing of await page.getByLabel(/^Rien de tel/).all()) await nothing.check();
  await press(page, "Continuer");
  await check(page, "aides reçues");
  await page.getByLabel(/^Pas reçues depuis/).check();
  await press(page, "Continuer");
  await check(page, "logement");
  await page.getByLabel("Commune ou code postal").fill("42000");
  await page.getByLabel("Hébergée ou logée gratuitement").check();
  await page
    .getByRole("group", { name: "Une participation aux frais est-elle payée ?" })
    .getByLabel("Non", { exact: true })
    .check();
  await page.getByLabel("Logée ainsi depuis").fill("03/2021");
  await press(page, "Voir le résultat");
}

for (const javaScriptEnabled of [true, false]) {
  for (const width of [360, 1280]) {
    describe(`${javaScriptEnabled ? "with" : "without"} JavaScript, ${width} px`, () => {
      test("from the first page to the result", async () => {
        const page = await open({ width, javaScriptEnabled });
        await check(page, "accueil");
        await describeLea(page);
        await page.getByRole("heading", { level: 1, name: /^Droits et aides en/ }).waitFor();
        await check(page, "résultat");
        const rsa = page.getByRole("article", { name: "Revenu de solidarité active (RSA)" });
        assert.match(await rsa.innerText(), /Certain|Sous réserve/);
        await rsa.locator("summary").first().click();
        await check(page, "résultat, détail ouvert");
        await page.context().close();
      });

      test("a mistake comes back filled, and its summary leads to the field", async () => {
        const page = await open({ width, javaScriptEnabled });
        await page.goto(`${demo.address}/droits`);
        await page.getByLabel("Prénom ou initiale").first().fill("Léa");
        await page.getByLabel("Date de naissance").first().fill("31/02/1990");
        await press(page, "Continuer");
        await check(page, "personnes, à corriger");
        assert.equal(await page.getByLabel("Prénom ou initiale").first().inputValue(), "Léa");
        const focused = await page.evaluate(() => document.activeElement.id);
        assert.equal(focused, "erreurs");
        await page.getByRole("link", { name: /date de naissance/ }).click();
        assert.match(page.url(), /#p\.a1\.birth$/);
        await page.context().close();
      });

      test("children are added and removed", async () => {
        const page = await open({ width, javaScriptEnabled });
        await page.goto(`${demo.address}/droits`);
        await press(page, "Ajouter un enfant");
        await focused(page, "p.e1.name");
        await page.keyboard.type("Max");
        await press(page, "Ajouter un enfant");
        await focused(page, "p.e2.name");
        await page.keyboard.type("Zoé");
        await check(page, "deux enfants");
        const names = () => page.getByRole("group", { name: /^Enfant/ }).getByLabel("Prénom").all();
        assert.equal(await (await names())[1].inputValue(), "Zoé");
        await page.getByRole("button", { name: "Retirer Enfant 1" }).click();
        await page.waitForFunction(() => !document.body.innerText.includes("Enfant 2"));
        assert.equal(await (await names())[0].inputValue(), "Zoé");
        await page.context().close();
      });
    });
  }
}

for (const colorScheme of ["light", "dark"]) {
  for (const width of [360, 1280]) {
    test(`every example, its steps and the components: ${colorScheme}, ${width} px`, async () => {
      const page = await open({ width, colorScheme });
      for (const example of ["nadia", "karim-et-elise", "bernard"]) {
        await page.goto(`${demo.address}/droits/exemples/${example}`);
        await check(page, example);
        for (const step of ["Personnes", "Revenus", "Impôts", "Aides reçues", "Logement"]) {
          await page.getByRole("navigation", { name: "Étapes" }).getByRole("button", { name: step }).click();
          await check(page, `${example}, ${step}`);
        }
      }
      await page.goto(`${demo.address}/composants`);
      await check(page, "composants");
      await page.goto(`${demo.address}/nulle-part`).catch(() => {});
      await isAccessible(page, "page inconnue");
      await page.context().close();
    });
  }
}

test("with the keyboard alone", async () => {
  const page = await open();
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.innerText), "Aller au contenu");
  await page.keyboard.press("Enter");
  await tabTo(page, "Commencer");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/droits$/);
  await tabTo(page, "p.a1.birth");
  await page.keyboard.type("03/04/1990");
  await tabTo(page, "p.couple-alone");
  await page.keyboard.press("Space");
  // Enter in a box goes on, as the main button does.
  await page.evaluate(() => document.getElementById("p.a1.birth").focus());
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/droits\/revenus$/);
  await tabTo(page, "Résultat");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/droits\/resultat$/);
  await tabTo(page, "Nationalité");
  const visible = await page.evaluate(() => {
    const style = getComputedStyle(document.activeElement);
    return style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 3;
  });
  assert.ok(visible, "the focus is seen");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/droits\/personnes#p\.a1\.|\/droits\/personnes#/);
  await page.context().close();
});

/** Waits until the page has put the focus there by itself. */
async function focused(page, id) {
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await page.evaluate(() => document.activeElement.id).catch(() => "")) === id) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.fail(`the focus never comes to ${id}`);
}

/** Presses Tab until the focus is on the element with these words or this identifier. */
async function tabTo(page, wanted) {
  for (let presses = 0; presses < 120; presses += 1) {
    await page.keyboard.press("Tab");
    const found = await page.evaluate((wanted) => {
      const { id, innerText = "" } = document.activeElement;
      return id === wanted || innerText.trim().includes(wanted);
    }, wanted);
    if (found) return;
  }
  assert.fail(`Tab never reaches « ${wanted} »`);
}

test("a missing answer leads to its question, in sight", async () => {
  const page = await open({ width: 360 });
  await page.goto(`${demo.address}/droits/exemples/bernard`);
  await page.getByRole("button", { name: /^Pension d’invalidité/ }).first().click();
  await page.waitForURL(/#t\.a1\./);
  // The browser may scroll smoothly: the question has to come in sight, and soon.
  await page.waitForFunction(
    () => {
      const { top } = document.getElementById(decodeURIComponent(location.hash.slice(1))).getBoundingClientRect();
      return top >= -1 && top < innerHeight;
    },
    undefined,
    { timeout: 5000 },
  );
  await page.context().close();
});

test("on paper: two pages, black on white", async () => {
  const page = await open();
  for (const example of ["nadia", "karim-et-elise", "bernard"]) {
    await page.goto(`${demo.address}/droits/exemples/${example}`);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    const pages = pdf.match(/\/Type\s*\/Page\b/g)?.length;
    assert.ok(pages <= 2, `${example}: ${pages} pages`);
  }
  await page.context().close();
});

test("colours forced by the system, and no movement asked for", async () => {
  const context = await browser.newContext({ forcedColors: "active", reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(`${demo.address}/droits/exemples/nadia`);
  await isAccessible(page, "couleurs forcées");
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior), "auto");
  await context.close();
});

test("the first view is five requests and 40 kB at most", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  let requests = 0;
  let bytes = 0;
  session.on("Network.requestWillBeSent", ({ request }) => request.url.startsWith("http") && (requests += 1));
  session.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
  await page.goto(demo.address, { waitUntil: "networkidle" });
  assert.ok(requests <= 5, `${requests} requests`);
  assert.ok(bytes <= 40 * 1024, `${bytes} bytes`);
  await context.close();
});
