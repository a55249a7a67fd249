import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createChat } from "../app/chat";
import type { Chat } from "../app/chat";
import { wordsOf } from "../app/locale";
import { openMemory } from "../app/memory";
import type { Parent } from "../app/parent";
import { App } from "../app/ui/App";
import { admit } from "../app/uploads";
import { config, desk } from "./desk";

const parent: Parent = { origin: "http://store", locale: "ko", say: vi.fn() };
let chat: Chat;

function draw(): HTMLTextAreaElement {
  chat = createChat(config, openMemory("pk"), parent);
  vi.spyOn(chat, "send");
  render(<App chat={chat} />);
  return screen.getByTestId<HTMLTextAreaElement>("composer");
}

const write = (area: HTMLTextAreaElement, value: string) => fireEvent.input(area, { target: { value } });
const shown = () => screen.queryAllByTestId("message").map((each) => each.textContent);

beforeEach(() => {
  localStorage.clear();
  desk.reset();
  desk.reachable = false;
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe("the composer", () => {
  it("sends with Enter and keeps the line with Shift+Enter", () => {
    const area = draw();
    write(area, "안녕하세요");
    fireEvent.keyDown(area, { key: "Enter", shiftKey: true });
    expect(chat.send).not.toHaveBeenCalled();
    fireEvent.keyDown(area, { key: "Enter" });
    expect(chat.send).toHaveBeenCalledWith("안녕하세요", []);
    expect(area.value).toBe("");
  });

  it("leaves Enter to the input method while Hangul or Pinyin is being composed", () => {
    const area = draw();
    write(area, "안녕");
    fireEvent.keyDown(area, { key: "Enter", isComposing: true });
    fireEvent.keyDown(area, { key: "Enter", keyCode: 229 });
    expect(chat.send).not.toHaveBeenCalled();
    expect(area.value).toBe("안녕");
  });

  it("sends nothing but blanks to nobody", () => {
    const area = draw();
    write(area, " \n ");
    fireEvent.keyDown(area, { key: "Enter" });
    expect(chat.send).not.toHaveBeenCalled();
    expect(screen.getByTestId<HTMLButtonElement>("send").disabled).toBe(true);
  });

  it("keeps unsent text over a reload, on every keystroke", async () => {
    const area = draw();
    write(area, "반쯤 쓴 글");
    await vi.waitFor(() => expect(localStorage.getItem("sonnim:pk:draft")).toContain("반쯤 쓴 글"));
    cleanup();
    expect(draw().value).toBe("반쯤 쓴 글");
  });

  it("tells near the end how much room is left, and refuses what is too long", async () => {
    const area = draw();
    write(area, "가".repeat(19_800));
    expect((await screen.findByTestId("composer-notes")).textContent).toContain("200");
    write(area, "가".repeat(20_007));
    await vi.waitFor(() => expect(screen.getByTestId("composer-notes").textContent).toContain("7자를"));
    fireEvent.keyDown(area, { key: "Enter" });
    expect(chat.send).not.toHaveBeenCalled();
  });

  it("shows what is sent at once, with its tick, as text and never as markup", async () => {
    const area = draw();
    write(area, "<img src=x onerror=alert(1)>");
    fireEvent.keyDown(area, { key: "Enter" });
    await vi.waitFor(() => expect(shown().join()).toContain("<img src=x onerror=alert(1)>"));
    expect(screen.getByTestId("message").querySelector("img")).toBeNull();
    expect(screen.getByTestId("tick").dataset.tick).toBe("sending");
  });
});

describe("the limits of files", () => {
  const file = (name: string, size: number) => ({ name, size }) as File;
  const limits = { file_bytes: 20 * 1024 * 1024, files: 10 };

  it("are told before a byte is sent", () => {
    const { files, told } = admit(wordsOf("en"), [file("a", 5), file("big", 21 * 1024 * 1024), file("none", 0)], 0, limits);
    expect(files.map((each) => each.name)).toEqual(["a"]);
    expect(told).toEqual(["“big” is larger than 20 MB", "“none” is empty"]);
  });

  it("count what is already attached", () => {
    const { files, told } = admit(wordsOf("en"), [file("a", 1), file("b", 1)], 9, limits);
    expect(files).toHaveLength(1);
    expect(told).toEqual(["Only 10 files fit in one message"]);
  });
});
