import { expect, test } from "vitest";
import { chosen, size } from "../page/files";

function field(multiple: boolean): HTMLInputElement {
  document.body.replaceChildren();
  const input = document.createElement("input");
  input.type = "file";
  input.multiple = multiple;
  document.body.append(input);
  chosen(input, "Remove");
  return input;
}

function choose(input: HTMLInputElement, ...names: string[]): void {
  const all = new DataTransfer();
  for (const name of names) all.items.add(new File([name], name));
  input.files = all.files;
  input.dispatchEvent(new Event("change"));
}

const shown = () => [...document.querySelectorAll("li span")].map((each) => each.textContent);
const kept = (input: HTMLInputElement) => [...(input.files ?? [])].map((each) => each.name);

test("files that are chosen one after the other are all there, each once, and can be taken out", () => {
  const input = field(true);
  choose(input, "a.txt", "<b>.txt");
  choose(input, "c.txt", "a.txt");
  expect(shown()).toEqual(["a.txt · 1 KB", "<b>.txt · 1 KB", "c.txt · 1 KB"]);
  document.querySelectorAll<HTMLButtonElement>("li button")[1]?.click();
  expect(kept(input)).toEqual(["a.txt", "c.txt"]);
  expect(document.activeElement).toBe(input);
});

test("where one file is asked for, the last one counts", () => {
  const input = field(false);
  choose(input, "a.txt");
  choose(input, "b.txt");
  expect(kept(input)).toEqual(["b.txt"]);
});

test("sizes are said shortly", () => {
  expect([size(1), size(300 * 1024), size(2.5 * 1024 * 1024)]).toEqual(["1 KB", "300 KB", "2.5 MB"]);
});
