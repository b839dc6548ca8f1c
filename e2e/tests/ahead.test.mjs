// Question par question, the months to come, what if, the budget: small and large screen, with and without
// JavaScript.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { check, openOn, press } from "../reader.mjs";
import { startBrowser, startDemo } from "../tandem.mjs";

let demo;
let browser;

before(async () => {
  [demo, browser] = await Promise.all([startDemo(), startBrowser()]);
});

after(async () => {
  await browser.close();
  await demo.stop();
});

const open = (options) => openOn(browser, demo, options);

/** From the result of an example to one of the ways to look at it. */
async function view(page, example, name) {
  await page.goto(`${demo.address}/droits/exemples/${example}`);
  await press(page, name);
  await page.getByRole("heading", { level: 1, name }).waitFor();
}

for (const javaScriptEnabled of [true, false]) {
  for (const width of [360, 1280]) {
    describe(`${javaScriptEnabled ? "with" : "without"} JavaScript, ${width} px`, () => {
      test("question par question, to the end", async () => {
        const page = await open({ width, javaScriptEnabled });
        await page.getByRole("link", { name: "Question par question" }).click();
        await check(page, "first question");
        await page.getByLabel("Date de naissance").first().fill("3/4/1990");
        await page.getByLabel("Non, seule (avec ou sans enfant)").check();
        await press(page, "Continuer");
        await page.getByRole("heading", { name: "Les droits, pour l’instant" }).waitFor();
        await check(page, "second question");
        const titles = new Set();
        for (let n = 0; n < 30; n += 1) {
          const title = await page.getByRole("heading", { level: 1 }).innerText();
          if (title.startsWith("Plus aucune")) break;
          assert.ok(!titles.has(title), `« ${title} » is asked twice`);
          titles.add(title);
          await press(page, n % 2 ? "Passer" : "Je ne sais pas");
        }
        await page.getByRole("heading", { level: 1, name: /^Plus aucune question/ }).waitFor();
        await check(page, "the end");
        await press(page, "Revenir à la question d’avant");
        await check(page, "back");
        await page.getByText("Toutes les réponses").click();
        await check(page, "all answers");
        await page.getByRole("button", { name: /^Corriger Qui vit/ }).click();
        assert.equal(await page.getByLabel("Date de naissance").first().inputValue(), "3/4/1990");
        await press(page, "Résultat");
        await check(page, "result");
        await page.context().close();
      });

      test("the months to come", async () => {
        const page = await open({ width, javaScriptEnabled });
        for (const example of ["nadia", "karim-et-elise", "bernard"]) {
          await view(page, example, "Les mois qui viennent");
          await check(page, `months, ${example}`);
          assert.ok((await page.getByRole("img").count()) > 1, "a lane for each aid");
          assert.ok((await page.getByRole("table").getByRole("row").count()) > 1);
        }
        await page.context().close();
      });

      test("what if: a job, a separation, a mistake", async () => {
        const page = await open({ width, javaScriptEnabled });
        await view(page, "bernard", "Et si…");
        await check(page, "what if");
        await page.getByLabel("Un emploi", { exact: true }).check();
        await press(page, "Comparer");
        await check(page, "what if, to correct");
        await page.getByLabel("Salaire : montant net social").fill("1 400");
        await press(page, "Comparer");
        await page.getByRole("heading", { name: "Ce qui est gagné" }).waitFor();
        await check(page, "what if, a job");
        await view(page, "karim-et-elise", "Et si…");
        await page.getByLabel("Une séparation", { exact: true }).check();
        await page.getByLabel("Loyer de la personne qui part").fill("480");
        await press(page, "Comparer");
        await page.getByRole("heading", { name: "Ce qui est perdu" }).waitFor();
        await check(page, "what if, a separation");
        await page.context().close();
      });

      test("the budget curve", async () => {
        const page = await open({ width, javaScriptEnabled });
        await view(page, "nadia", "Si les revenus changeaient");
        await check(page, "budget");
        await page.getByLabel("Le loyer", { exact: true }).check();
        await press(page, "Tracer");
        await page.getByText("Loyer par mois, sans les charges", { exact: true }).waitFor();
        await check(page, "budget, rent");
        await page.context().close();
      });
    });
  }
}

test("in the dark", async () => {
  for (const name of ["Les mois qui viennent", "Et si…", "Si les revenus changeaient"]) {
    const page = await open({ colorScheme: "dark", width: 360 });
    await view(page, "nadia", name);
    await check(page, `${name}, dark`);
    await page.context().close();
  }
});

test("with the keyboard alone: a wide table can be scrolled", async () => {
  const page = await open({ width: 360 });
  await view(page, "karim-et-elise", "Les mois qui viennent");
  const table = page.getByRole("region", { name: "Les montants, mois par mois" });
  await table.focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => document.querySelector(".table-scroll").scrollLeft > 0);
  await page.context().close();
});

test("on paper: the drawing and its figures, no button", async () => {
  const page = await open();
  for (const name of ["Les mois qui viennent", "Si les revenus changeaient"]) {
    await view(page, "nadia", name);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    const pages = pdf.match(/\/Type\s*\/Page\b/g)?.length;
    assert.ok(pages <= 3, `${name}: ${pages} pages`);
    await page.emulateMedia({ media: "print" });
    assert.ok(await page.locator("svg[role=img]").first().isVisible(), name);
    assert.equal(await page.getByRole("button").filter({ visible: true }).count(), 0, name);
    await page.emulateMedia({ media: null });
  }
  await page.context().close();
});
