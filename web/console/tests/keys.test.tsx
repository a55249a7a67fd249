import { cleanup, render } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { available, keyOf, meaning, setLetters, useCommand, useKeyboard } from "../app/commands";
import { COMMANDS, GROUPS, type CommandLine } from "../app/commandTable";
import { tokenOf } from "../app/keyboard";
import { consonants, ranked, score } from "../features/keys/matching";
import en from "../locales/en.json";

const lines: readonly CommandLine[] = COMMANDS;
const press = (key: string, code: string, more = {}) => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});

beforeEach(() => localStorage.clear());
afterEach(cleanup);

describe("the table of actions", () => {
  it("gives no key twice", () => {
    const keys = lines.filter((line) => !line.local).flatMap((line) => line.keys ?? []);
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
  });

  it("gives no key that another one begins with", () => {
    const keys = lines.flatMap((line) => line.keys ?? []);
    expect(keys.filter((key) => keys.some((other) => other.startsWith(`${key} `)))).toEqual([]);
  });

  it("names every action, in a group that is shown", () => {
    for (const { id, group } of lines) {
      expect(Object.keys(en)).toContain(`keys.${id}`);
      expect(GROUPS).toContain(group);
    }
  });
});

describe("keys", () => {
  it("mean the same under a Korean input method", () => {
    expect(meaning(press("j", "KeyJ"))).toBe("next");
    expect(meaning(press("ㅓ", "KeyJ"))).toBe("next");
    expect(meaning(press("Process", "KeyR"))).toBe("reply");
    expect(meaning(press("Process", "Slash", { shiftKey: true }))).toBe("keys");
  });

  it("follow the letter, not its place, on another layout", () => expect(meaning(press("e", "KeyD"))).toBe("resolve"));

  it("leave the browser's own shortcuts alone", () => {
    expect(meaning(press("r", "KeyR", { ctrlKey: true }))).toBeNull();
    expect(meaning(press("R", "KeyR", { ctrlKey: true, shiftKey: true }))).toBeNull();
  });

  it("know the slash and the question mark", () => {
    expect([meaning(press("/", "Slash")), meaning(press("?", "Slash", { shiftKey: true }))]).toEqual(["filter", "keys"]);
  });

  it("are named with what is held", () => {
    expect(tokenOf(press("K", "KeyK", { ctrlKey: true, shiftKey: true }), false)).toBe("Mod+Shift+K");
    expect(tokenOf(press("k", "KeyK", { metaKey: true }), true)).toBe("Mod+K");
    expect(tokenOf(press("k", "KeyK", { metaKey: true }), false)).toBe("");
    expect(tokenOf(press("ø", "KeyO", { altKey: true }), true)).toBe("Alt+O");
    expect(tokenOf(press("≥", "Period", { altKey: true }), true)).toBe("Alt+.");
    expect(tokenOf(press("。", "Period", { altKey: true }), false)).toBe("Alt+.");
    expect(tokenOf(press("Escape", "Escape"), false)).toBe("Esc");
  });

  it("that are single letters can be switched off, and are then not shown", () => {
    setLetters(false);
    expect(meaning(press("e", "KeyE"))).toBeNull();
    expect(meaning(press("Escape", "Escape"))).toBe("close");
    expect([keyOf("resolve"), keyOf("close")]).toEqual(["", "Esc"]);
  });
});

describe("an action", () => {
  function Screen({ onResolve, enabled = true }: { onResolve: () => void; enabled?: boolean }) {
    useKeyboard();
    useCommand("resolve", onResolve, enabled);
    return (
      <>
        <input aria-label="text" />
        <input type="checkbox" aria-label="box" />
      </>
    );
  }

  it("runs by its key, but not while somebody writes", async () => {
    const user = userEvent.setup();
    const resolve = vi.fn();
    const { getByLabelText } = render(<Screen onResolve={resolve} />);
    await user.keyboard("e");
    expect(resolve).toHaveBeenCalledTimes(1);
    await user.click(getByLabelText("text"));
    await user.keyboard("e");
    expect(resolve).toHaveBeenCalledTimes(1);
    expect(getByLabelText("text")).toHaveProperty("value", "e");
    await user.click(getByLabelText("box"));
    await user.keyboard("e");
    expect(resolve).toHaveBeenCalledTimes(2);
  });

  it("does not run by a key that closed a menu, wherever the focus was", async () => {
    const user = userEvent.setup();
    const close = vi.fn();
    function Menu() {
      const [open, setOpen] = useState(true);
      useKeyboard();
      useCommand("close", close);
      return (
        <div onKeyDown={() => setOpen(false)}>
          <button>opener</button>
          {open && <div role="menu" />}
        </div>
      );
    }
    const { getByText, queryByRole } = render(<Menu />);
    getByText("opener").focus();
    await user.keyboard("{Escape}");
    expect([queryByRole("menu"), close.mock.calls.length]).toEqual([null, 0]);
    await user.keyboard("{Escape}");
    expect(close).toHaveBeenCalledTimes(1);
  });

  it("is possible only while it is on the screen and allowed", async () => {
    const user = userEvent.setup();
    const resolve = vi.fn();
    const { rerender, unmount } = render(<Screen onResolve={resolve} enabled={false} />);
    await user.keyboard("e");
    expect(resolve).not.toHaveBeenCalled();
    expect(available()).toEqual([]);
    rerender(<Screen onResolve={resolve} />);
    expect(available()).toEqual(["resolve"]);
    unmount();
    expect(available()).toEqual([]);
  });
});

describe("the palette's matching", () => {
  it("takes all words in any order, and what begins so first", () => {
    const lines = ["Send and resolve", "Resolve or reopen", "Snooze"];
    expect(ranked("resolve", lines, (line) => line)).toEqual(["Resolve or reopen", "Send and resolve"]);
    expect(ranked("resolve send", lines, (line) => line)).toEqual(["Send and resolve"]);
    expect(ranked("", lines, (line) => line)).toEqual(lines);
  });

  it("finds Korean by its first consonants, and while a syllable is half typed", () => {
    expect(consonants("담당자 정하기")).toBe("ㄷㄷㅈ ㅈㅎㄱ");
    expect(score("ㄷㄷㅈ", "담당자 정하기")).toBeGreaterThan(0);
    expect(score("ㅂㅈ", "담당자 정하기")).toBe(0);
    expect(score("정하", "담당자 정하기")).toBeGreaterThan(0);
  });

  it("does not find two Latin letters in the middle of a word", () => {
    expect(score("re", "Previous conversation")).toBe(0);
    expect(score("vio", "Previous conversation")).toBeGreaterThan(0);
    expect(score("re", "Write a reply")).toBeGreaterThan(0);
  });

  it("does not mind width or case", () => expect(score("ＲＥＰＬＹ", "Write a reply")).toBeGreaterThan(0));
});
