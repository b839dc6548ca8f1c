// Small behaviours on top of pages that work without them.

// Errors first: whoever corrects starts at the summary.
document.getElementById("erreurs")?.focus();

// What only makes sense with a script is hidden until there is one.
for (const element of document.querySelectorAll("[data-script]")) element.hidden = false;

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

// The only text ever read as a page by the script is our own server's answer.
const pages = window.trustedTypes?.createPolicy("tandem", { createHTML: (text) => text });
const asPage = (text) => pages?.createHTML(text) ?? text;

// A button marked `data-in-place` changes the form (adds or removes a row) without reloading the page:
// the server still writes the page, only its `main` is put in place of ours.
document.addEventListener("submit", async (event) => {
  const button = event.submitter;
  if (!button?.hasAttribute("data-in-place")) return;
  event.preventDefault();
  const form = event.target;
  const address = new URL(button.formAction, location.href);
  try {
    const answer = await fetch(address, {
      method: "POST",
      body: new URLSearchParams(new FormData(form, button)),
    });
    const page = new DOMParser().parseFromString(asPage(await answer.text()), "text/html");
    const main = page.querySelector("main");
    if (!main) throw new Error("no main");
    document.querySelector("main").replaceWith(main);
    const place = address.hash && document.getElementById(address.hash.slice(1));
    place?.focus();
  } catch {
    // The network or the parser failed: send the form as the page would without a script.
    button.removeAttribute("data-in-place");
    form.requestSubmit(button);
  }
});

// A form marked `data-live` answers while one types: the page it leads to is asked for in the background, and
// its region of results alone is put in place of ours, where readers of any kind hear it change.
for (const form of document.querySelectorAll("form[data-live]")) {
  let waiting;
  let last = 0;
  const ask = async () => {
    const rank = ++last;
    const region = document.getElementById(form.dataset.live);
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      const page = new DOMParser().parseFromString(asPage(await answer.text()), "text/html");
      const found = page.getElementById(form.dataset.live);
      // An answer that comes after a newer question is no answer any more.
      if (found && rank === last) region.replaceChildren(...found.childNodes);
    } catch {
      // The network failed: the button still sends the form.
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 300);
  });
}
