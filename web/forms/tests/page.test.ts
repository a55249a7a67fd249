import { afterEach, beforeEach, expect, test, vi } from "vitest";

let asked: FakeRequest[] = [];

class FakeRequest {
  upload = {};
  responseXML: Document | null = null;
  onloadend = () => undefined;
  open = () => undefined;
  body = new FormData();
  send(body: FormData) {
    this.body = body;
    asked.push(this);
  }
}

beforeEach(async () => {
  asked = [];
  vi.stubGlobal("XMLHttpRequest", FakeRequest);
  const page = `<main id="main"><form action="/forms/a" data-bits="1" data-sending="Sending" data-failed="Failed" data-many="At most 10 files." data-remove="Remove">
    <input type="hidden" name="mark" value="m"><input type="hidden" name="work" value=""><input type="file" name="files" multiple><input type="file" name="other">
    <div class="send"><button>Send</button><progress hidden></progress><p class="state"></p></div></form></main>`;
  document.body.replaceChildren(...new DOMParser().parseFromString(page, "text/html").body.children);
  vi.resetModules();
  await import("../page/page");
});
afterEach(() => vi.unstubAllGlobals());

const button = () => document.querySelector<HTMLButtonElement>(".send button")!;
const state = () => document.querySelector(".state")?.textContent;

test("pressing twice while the puzzle is still worked on sends once", async () => {
  button().click();
  expect([button().disabled, state()]).toEqual([true, "Sending"]);
  button().click();
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  expect(document.querySelector<HTMLInputElement>("[name=work]")?.value).toMatch(/^\d+$/);
  await new Promise((done) => setTimeout(done, 20));
  expect(asked).toHaveLength(1);
});

test("the way to send again is shut while files are on their way, and open when they were not taken", async () => {
  const input = document.querySelector<HTMLInputElement>("[type=file]")!;
  const files = new DataTransfer();
  files.items.add(new File(["abc"], "photo.jpg"));
  input.files = files.files;
  input.dispatchEvent(new Event("change"));
  button().click();
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  expect(button().disabled).toBe(true);
  expect([asked[0]?.body.has("files"), asked[0]?.body.has("other")]).toEqual([true, false]);
  asked[0]?.onloadend();
  expect([button().disabled, state()]).toEqual([false, "Failed"]);
});

test("more files than a message takes are told of before they are sent", async () => {
  const input = document.querySelector<HTMLInputElement>("[type=file]")!;
  const files = new DataTransfer();
  for (let n = 0; n < 11; n++) files.items.add(new File(["abc"], `${n}.jpg`));
  input.files = files.files;
  input.dispatchEvent(new Event("change"));
  button().click();
  await vi.waitFor(() => expect(state()).toBe("At most 10 files."));
  expect([asked.length, button().disabled]).toEqual([0, false]);
});
