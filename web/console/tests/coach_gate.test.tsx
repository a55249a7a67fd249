import { act, fireEvent, screen } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { run } from "../app/commands";
import { PATIENCE } from "../features/composer/coach/useGate";
import { asked, enter, open, playCoach, played, settle, write } from "./coached";

// The plain field, as it is until the editor has arrived.
vi.mock("../features/composer/loadEditor", () => ({ loadEditor: () => new Promise(() => undefined) }));

playCoach();

describe("a strict shop", () => {
  beforeEach(() => {
    played.strict = true;
    played.says = (draft, resolving) => [
      ...(draft.startsWith("ok") ? [{ strict: true }] : []),
      ...(resolving && !draft.includes("Bye") ? [{ rule: "missing-closing", strict: true, end: draft.length }] : []),
    ];
  });

  it("asks once before a draft leaves, and sends it as it is", async () => {
    const { desk, input } = await open();
    await write(input, "ok");
    enter(input);
    await settle(300);
    expect(desk.sent).toEqual([]);
    fireEvent.click(screen.getByTestId("strict-send"));
    await settle(300);
    expect(desk.sent).toMatchObject([{ text: "ok" }]);
    expect(input.value).toBe("");
  });

  it("does not ask a second time of what one has looked at", async () => {
    const { desk, input } = await open();
    await write(input, "ok");
    enter(input);
    await settle(300);
    fireEvent.click(screen.getByTestId("strict-look"));
    await settle(300);
    expect(input.value).toBe("ok");
    enter(input);
    expect(desk.sent).toMatchObject([{ text: "ok" }]);
  });

  it("looks at what is sent quicker than it was asked of", async () => {
    const { desk, input } = await open();
    await write(input, "ok", 10);
    enter(input);
    enter(input);
    await settle(300);
    expect(desk.sent).toEqual([]);
    expect(screen.getByTestId("strict-send")).toBeTruthy();
    fireEvent.click(screen.getByTestId("strict-send"));
    await settle(10);
    expect(desk.sent).toHaveLength(1);
  });

  it("lets a draft go when the coach takes too long, or cannot answer", async () => {
    played.delay = 60_000;
    const { desk, input } = await open();
    await write(input, "ok", 10);
    enter(input);
    await settle(PATIENCE - 50);
    expect(desk.sent).toEqual([]);
    await settle(100);
    expect(desk.sent).toMatchObject([{ text: "ok" }]);
    [played.delay, played.status] = [0, 500];
    await write(input, "ok, later", 10);
    enter(input);
    await settle(50);
    expect(desk.sent).toHaveLength(2);
  });

  it("asks again when one went elsewhere without an answer", async () => {
    const { desk, input, leave, back } = await open();
    await write(input, "ok");
    enter(input);
    await settle(300);
    expect(screen.getByTestId("strict-send")).toBeTruthy();
    leave();
    expect(desk.sent).toEqual([]);
    enter(await back());
    await settle(PATIENCE + 300);
    expect(desk.sent).toEqual([]);
    expect(screen.getByTestId("strict-send")).toBeTruthy();
  });

  it("keeps no draft of somebody who has gone on before the coach has answered", async () => {
    played.delay = 200;
    const { desk, input, leave } = await open();
    await write(input, "ok", 10);
    enter(input);
    await settle(50);
    leave();
    await settle(PATIENCE);
    expect(desk.sent).toMatchObject([{ text: "ok" }]);
  });

  it("reads a draft that ends the conversation as one that does", async () => {
    const { desk, input } = await open();
    await write(input, "All done.");
    fireEvent.click(screen.getByTestId("send-resolve"));
    await settle(300);
    expect(asked().at(-1)).toEqual({ draft: "All done.", resolving: true });
    expect(desk.sent).toEqual([]);
    fireEvent.click(screen.getByTestId("strict-look"));
    await settle(300);
    await write(input, "All done. Bye, and thank you!");
    fireEvent.click(screen.getByTestId("send-resolve"));
    await settle(50);
    expect(desk.sent).toHaveLength(1);
  });

  it("asks nothing of a note, and nothing of what was dismissed", async () => {
    const { desk, input } = await open();
    await write(input, "ok");
    act(() => void run("dismissRemark"));
    await settle(300);
    fireEvent.click(screen.getByTestId("reason-on_purpose"));
    await settle(300);
    enter(input);
    expect(desk.sent).toHaveLength(1);
    fireEvent.click(screen.getByRole("radio", { name: "Note" }));
    await write(input, "ok");
    enter(input);
    expect(desk.sent).toHaveLength(2);
  });

  it("is one from the moment a lead makes a rule strict, and no longer than that", async () => {
    played.strict = false;
    const { desk, input, tell } = await open();
    for (const [strict, sent] of [[true, 0], [false, 1]] as const) {
      played.strict = strict;
      tell("coach.changed");
      await settle(0);
      await write(input, "ok", 10);
      enter(input);
      expect(desk.sent).toHaveLength(sent);
      if (!strict) continue;
      await settle(5_000);
      fireEvent.click(screen.getByTestId("strict-look"));
      await write(input, "");
    }
  });

  it("keeps nobody waiting where no rule is strict", async () => {
    played.strict = false;
    const { desk, input } = await open();
    await write(input, "ok", 10);
    enter(input);
    expect(desk.sent).toHaveLength(1);
  });
});
