// Screenshots of the main pages, for the eye: target/shots/<page>-<width>-<theme>.png, and print as PDF.

import { mkdir, rm } from "node:fs/promises";
import { startBrowser, startDemo } from "./tandem.mjs";

const FOLDER = new URL("../target/shots/", import.meta.url).pathname;
const WIDTHS = [360, 768, 1280];
const THEMES = ["light", "dark"];
const STEPS = [
  ["personnes", "Personnes"],
  ["revenus", "Revenus"],
  ["impots", "Impôts"],
  ["aides-recues", "Aides reçues"],
  ["logement", "Logement"],
];

const VIEWS = [
  ["mois", "Les mois qui viennent"],
  ["et-si", "Et si…"],
  ["budget", "Si les revenus changeaient"],
  ["questions", "Question par question"],
];

const only = process.argv[2];
const demo = await startDemo();
const browser = await startBrowser();
await rm(FOLDER, { recursive: true, force: true });
await mkdir(FOLDER, { recursive: true });

for (const width of WIDTHS) {
  for (const theme of THEMES) {
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      colorScheme: theme,
      locale: "fr-FR",
      reducedMotion: "reduce",
    });
    const page = await context.newPage();
    const shoot = async (name) => {
      if (only && !name.includes(only)) return;
      await page.screenshot({ path: `${FOLDER}${name}-${width}-${theme}.png`, fullPage: true });
    };
    await page.goto(demo.address);
    await shoot("accueil");
    await page.goto(`${demo.address}/composants`);
    await shoot("composants");
    await page.goto(`${demo.address}/droits`);
    await page.getByLabel("Date de naissance").first().fill("31/02/1990");
    await page.getByRole("button", { name: "Continuer" }).click();
    await shoot("erreurs");
    for (const example of ["nadia", "karim-et-elise", "bernard"]) {
      await page.goto(`${demo.address}/droits/exemples/${example}`);
      await shoot(`resultat-${example}`);
    }
    // Right to left: the words stay French, the layout has to turn.
    await page.evaluate(() => (document.documentElement.dir = "rtl"));
    await shoot("droite-a-gauche");
    await page.goto(`${demo.address}/droits/exemples/nadia`);
    await page.locator("details summary").first().click();
    await shoot("detail");
    await page.goto(`${demo.address}/droits/exemples/karim-et-elise`);
    for (const [name, label] of STEPS) {
      await page.getByRole("navigation", { name: "Étapes" }).getByRole("button", { name: label }).click();
      await shoot(name);
    }
    for (const example of ["nadia", "karim-et-elise", "bernard"]) {
      for (const [name, label] of VIEWS) {
        await page.goto(`${demo.address}/droits/exemples/${example}`);
        await page.getByRole("button", { name: label, exact: true }).last().click();
        await shoot(`${name}-${example}`);
      }
    }
    await page.goto(`${demo.address}/droits/exemples/nadia`);
    await page.getByRole("button", { name: "Et si…", exact: true }).click();
    await page.getByLabel("Un emploi", { exact: true }).check();
    await page.getByLabel("Salaire : montant net social").fill("1400");
    await page.getByRole("button", { name: "Comparer", exact: true }).last().click();
    await shoot("et-si-emploi");
    await context.close();
  }
}

const page = await browser.newPage();
for (const example of ["nadia", "karim-et-elise", "bernard"]) {
  await page.goto(`${demo.address}/droits/exemples/${example}`);
  await page.pdf({ path: `${FOLDER}impression-${example}.pdf`, preferCSSPageSize: true });
}
await browser.close();
await demo.stop();
console.log(`Captures dans ${FOLDER}`);
