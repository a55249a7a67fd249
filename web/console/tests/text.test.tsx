import { MantineProvider } from "@mantine/core";
import { cleanup, render } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { initials } from "../ui/Face";
import { Linked, safeHref } from "../ui/Linked";

afterEach(cleanup);

function links(text: string) {
  const { container } = render(
    <MantineProvider env="test">
      <Linked text={text} />
    </MantineProvider>,
  );
  expect(container.textContent).toContain(text);
  return [...container.querySelectorAll("a")];
}

describe("somebody's text", () => {
  it.each([
    ["보세요 https://ongi.example/a에서 확인", "https://ongi.example/a"],
    ["在https://ongi.example/a。谢谢", "https://ongi.example/a"],
    ["(see https://ongi.example/a?b=1).", "https://ongi.example/a?b=1"],
    ["mail a.b+c@ongi.example!", "mailto:a.b+c@ongi.example"],
    ["전화 02-123-4567 주세요", "tel:02-123-4567"],
  ])("has its address as a link: %s", (text, href) => {
    const [link, ...more] = links(text);
    expect(link?.getAttribute("href")).toBe(href);
    expect(link?.getAttribute("rel")).toBe("noopener noreferrer");
    expect(more).toEqual([]);
  });

  it.each([
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "2026-11-22 주문 12-3456",
    "vbscript:x file:///etc/passwd",
  ])("becomes neither markup nor a link: %s", (text) => {
    expect(links(text)).toEqual([]);
    expect(document.querySelector("img, script")).toBeNull();
  });

  it("gives no address that does more than lead somewhere", () => {
    expect(safeHref("javascript:alert(1)//@x.y")).toMatch(/^mailto:/);
    expect(safeHref("https://")).toBeNull();
  });
});

describe("initials", () => {
  it.each([
    ["김지우", "김"],
    ["周静怡", "周"],
    ["Emma Whitfield", "EW"],
    ["nora", "N"],
    ["", "?"],
  ])("of %s are %s", (name, letters) => expect(initials(name)).toBe(letters));
});
