import { beforeEach, expect, test, vi } from "vitest";

async function insert(data: Record<string, string> = {}): Promise<HTMLIFrameElement> {
  document.body.replaceChildren();
  const script = document.createElement("script");
  script.type = "text/none";
  script.src = "https://desk.example/forms/abc.js";
  Object.assign(script.dataset, data);
  document.body.append(script);
  vi.spyOn(document, "currentScript", "get").mockReturnValue(script as HTMLScriptElement);
  vi.resetModules();
  await import("../insert/insert");
  const frame = document.querySelector("iframe")!;
  Object.defineProperty(frame, "contentWindow", { value: {} }); // this browser loads no pages
  return frame;
}

beforeEach(() => {
  vi.spyOn(console, "error").mockReturnValue();
  document.title = "Moon jar";
});

test("the form stands where its script does, and is told what the page is about", async () => {
  const frame = await insert({ locale: "zh" });
  const address = new URL(frame.src);
  expect(address.origin + address.pathname).toBe("https://desk.example/forms/abc");
  expect(address.searchParams.get("lang")).toBe("zh");
  expect(address.searchParams.get("page_title")).toBe("Moon jar");
  expect(address.searchParams.get("theme")).toBe("light");
  expect(frame.previousElementSibling?.tagName).toBe("SCRIPT");
});

test("in a dark page the form is dark, whatever the reader prefers elsewhere", async () => {
  document.body.style.color = "rgb(230, 230, 230)";
  const frame = await insert();
  expect(new URL(frame.src).searchParams.get("theme")).toBe("dark");
  document.body.style.color = "";
});

test("the frame takes the height that the form asks for, and nobody else's word", async () => {
  const frame = await insert();
  const tell = (origin: string, source: unknown, data: unknown) =>
    dispatchEvent(Object.assign(new Event("message"), { origin, source, data }));
  tell("https://desk.example", frame.contentWindow, { sonnim: "form", height: 700 });
  expect(frame.style.height).toBe("700px");
  tell("https://evil.example", frame.contentWindow, { sonnim: "form", height: 10 });
  tell("https://desk.example", null, { sonnim: "form", height: 10 });
  tell("https://desk.example", frame.contentWindow, { sonnim: "form", height: -5 });
  tell("https://desk.example", frame.contentWindow, null);
  expect(frame.style.height).toBe("700px");
});
