// axe on the page as it stands: every rule, no exclusion, and no violation.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const SOURCE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export async function isAccessible(page, where) {
  // Through the debugger, as a tool would: the page's own policy rightly refuses a foreign script.
  await page.evaluate(SOURCE);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  const told = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.slice(0, 3).map((it) => it.html.slice(0, 200)).join("\n  ")}`,
  );
  assert.equal(told.length, 0, `${where}\n${told.join("\n")}`);
}

/** Nothing wider than the window, and every control at least 44 px high (labels of boxes count with them). */
export async function fits(page, where) {
  const faults = await page.evaluate(() => {
    const res = [];
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth > clientWidth) res.push(`page ${scrollWidth} px wide in ${clientWidth}`);
    const controls = "button, summary, select, input:not([type=hidden], [type=radio], [type=checkbox]), .choice label, .button";
    for (const control of document.querySelectorAll(controls)) {
      // The button that Enter presses is for the keyboard only.
      if (control.getAttribute("aria-hidden")) continue;
      const { width, height } = control.getBoundingClientRect();
      const shown = control.checkVisibility() && width > 2;
      if (shown && height < 43.5) res.push(`${height} px: ${control.outerHTML.slice(0, 120)}`);
    }
    return res;
  });
  assert.deepEqual(faults, [], where);
}
