/** What the page of a form does where scripts run: the puzzle, files one sees, progress, and mistakes without losing anything. */

import { chosen } from "./files";
import { solve } from "./puzzle";

const MOST_BYTES = 20 * 1024 * 1024;
const MOST_FILES = 10;
const framed = document.documentElement.hasAttribute("data-framed");

function begin(): void {
  tellHeight();
  const form = document.querySelector("form");
  if (!form) return;
  const field = (name: string) => form.elements.namedItem(name) as HTMLInputElement;
  const work = solve(field("mark").value, Number(form.dataset["bits"]));
  for (const input of form.querySelectorAll<HTMLInputElement>("input[type=file]")) chosen(input, form.dataset["remove"] ?? "");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    // While the puzzle takes its time nobody shall press again: the second message would be told that it was sent.
    busy(form, true);
    void work.then((solution) => {
      field("work").value = solution;
      send(form);
    });
  });
}

function say(form: HTMLFormElement, text = ""): void {
  form.querySelector(".state")!.textContent = text;
}

function busy(form: HTMLFormElement, on: boolean): void {
  form.querySelector<HTMLButtonElement>(".send button")!.disabled = on;
  say(form, on ? form.dataset["sending"] : "");
}

function send(form: HTMLFormElement): void {
  const body = new FormData(form);
  const files: File[] = [];
  for (const input of form.querySelectorAll<HTMLInputElement>("input[type=file]")) {
    files.push(...(input.files ?? []));
    if (!input.files?.length) body.delete(input.name); // the server would count it among the files
  }
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  // What is more than the server reads would be answered without a page, and nobody would know why.
  const much = bytes > MOST_BYTES ? "large" : files.length > MOST_FILES ? "many" : "";
  if (much) {
    busy(form, false);
    return say(form, form.dataset[much]);
  }
  const bar = form.querySelector("progress")!;
  const request = new XMLHttpRequest();
  request.upload.onprogress = (event) => (bar.value = event.lengthComputable ? (event.loaded / event.total) * 100 : 0);
  request.onloadend = () => {
    busy(form, false);
    bar.hidden = true;
    const page = request.responseXML?.getElementById("main");
    if (page) show(page, form, request.responseXML!.title);
    else say(form, form.dataset["failed"]);
  };
  bar.hidden = bytes === 0;
  request.open("POST", form.action);
  request.responseType = "document";
  request.send(body);
}

/** Put the server's page in the place of ours; the files that were chosen are still chosen. */
function show(page: HTMLElement, form: HTMLFormElement, title: string): void {
  for (const input of form.querySelectorAll<HTMLInputElement>("input[type=file]")) {
    const own = page.querySelector<HTMLInputElement>(`#${input.id}`);
    if (own && input.files) own.files = input.files;
  }
  const first = page.querySelector<HTMLElement>("[autofocus]");
  first?.removeAttribute("autofocus"); // browsers refuse it in a frame, and say so
  document.getElementById("main")!.replaceWith(document.adoptNode(page));
  document.title = title;
  begin();
  first?.focus();
  if (!framed) scrollTo({ top: 0 });
}

/** Whoever holds this page gives it the room that it needs. */
function tellHeight(): void {
  if (framed) parent.postMessage({ sonnim: "form", height: Math.ceil(document.getElementById("main")!.getBoundingClientRect().height) }, "*");
}

if (framed) new ResizeObserver(tellHeight).observe(document.body);
begin();
