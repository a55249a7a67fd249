// Has the draft read while it is written; without this script the button does the same.
"use strict";
{
  const form = document.getElementById("play");
  let timer = 0;
  let asked = null;

  const read = async () => {
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), signal: asked.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const said = page.getElementById("said");
      if (said) document.getElementById("said").replaceWith(said);
    } catch {
      // A newer reading is on its way, or the line is down: what stands there stays, and the button tries again.
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(read, 400);
  });
}
