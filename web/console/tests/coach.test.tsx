import { act, cleanup, fireEvent, screen, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { run } from "../app/commands";
import { makeAsker, PAUSE } from "../features/composer/coach/asking";
import { asked, calls, count, enter, open, playCoach, played, settle, write } from "./coached";
import { show, testDesk } from "./samples";

// The plain field, as it is until the editor has arrived.
vi.mock("../features/composer/loadEditor", () => ({ loadEditor: () => new Promise(() => undefined) }));

playCoach();

describe("asking the coach", () => {
  it("waits for a pause, and asks only of the newest text", async () => {
    const { input } = await open();
    await write(input, "o", PAUSE - 50);
    await write(input, "ok", PAUSE - 50);
    expect(asked()).toEqual([]);
    await settle(60);
    expect(asked()).toEqual([{ draft: "ok", resolving: false }]);
    expect(count()).toBe("1");
  });

  it("lets an answer go that is for an older text", async () => {
    played.delay = 100;
    const { input } = await open();
    await write(input, "ok");
    await write(input, "okay then", 20);
    expect(calls.find(({ path }) => path.endsWith("/coach"))?.signal?.aborted).toBe(true);
    await settle(200);
    expect(count()).toBeNull();
  });

  it("tells nobody of an answer that comes although it was taken back", async () => {
    const told: string[] = [];
    const asker = makeAsker((text: string) => new Promise<string>((done) => setTimeout(() => done(text), 50)), (text) => told.push(text), () => undefined);
    asker.soon("a");
    await vi.advanceTimersByTimeAsync(PAUSE + 10);
    asker.soon("b");
    await vi.advanceTimersByTimeAsync(PAUSE + 100);
    expect(told).toEqual(["b"]);
  });

  it("is silent when the server fails, and asks again of the next text", async () => {
    played.status = 500;
    const { input } = await open();
    await write(input, "ok");
    expect([count(), document.querySelector(".mantine-Notification-root")]).toEqual([null, null]);
    played.status = 200;
    await write(input, "ok!");
    expect(count()).toBe("1");
  });

  it("asks no more once it is refused", async () => {
    played.status = 403;
    const { input } = await open();
    await write(input, "ok");
    await write(input, "ok then");
    expect(asked()).toHaveLength(1);
    expect(count()).toBeNull();
  });

  it("asks nothing of a note, of blanks, and without a line", async () => {
    const first = await open();
    await write(first.input, "   ");
    fireEvent.click(screen.getByRole("radio", { name: "Note" }));
    await write(first.input, "ok");
    cleanup();
    const { input } = await open({}, (state) => ({ ...state, link: "connecting" as never }));
    await write(input, "ok");
    expect(asked()).toEqual([]);
  });
});

describe("what is done about a remark", () => {
  it("is shown behind the count, and nothing at all where there is nothing", async () => {
    const { input } = await open();
    await write(input, "Of course, gladly.");
    expect(count()).toBeNull();
    await write(input, "ok");
    fireEvent.click(screen.getByTestId("coach-count"));
    await settle(300);
    const list = screen.getByTestId("coach-list");
    expect(within(list).getByTestId("remark-why").textContent).toBe("Too short");
    fireEvent.click(within(list).getByTestId("remark-apply"));
    await settle(10);
    expect(input.value).toBe("Yes, gladly.");
    expect(count()).toBeNull();
    expect(calls.find(({ path }) => path.endsWith("/applied"))?.body).toEqual({ rule: "curt" });
  });

  it("is applied with its key", async () => {
    const { input } = await open();
    await write(input, "ok 😀");
    let ran = false;
    act(() => void (ran = run("applyRemark")));
    expect(ran).toBe(true);
    expect(input.value).toBe("Yes, gladly. 😀");
    await settle(PAUSE);
    expect(run("applyRemark")).toBe(false);
  });

  it("is dismissed with a reason, for these words and as long as this draft lasts", async () => {
    const { input } = await open();
    await write(input, "ok");
    act(() => void run("dismissRemark"));
    await settle(300);
    fireEvent.click(screen.getByTestId("reason-other"));
    fireEvent.change(screen.getByTestId("reason-words"), { target: { value: "they like it short" } });
    fireEvent.click(screen.getByTestId("reason-done"));
    await settle(300);
    expect(count()).toBeNull();
    expect(calls.find(({ path }) => path.endsWith("/dismissals"))?.body).toEqual({ rule: "curt", piece: "ok", reason: "other", words: "they like it short" });
    await write(input, "ok then");
    expect(count()).toBeNull();
    enter(input);
    await settle(1);
    await write(input, "ok again");
    expect(count()).toBe("1");
  });

  it("can be heard again after it went quiet", async () => {
    played.quieted = true;
    const { input } = await open();
    const { notifications } = await import("@mantine/notifications");
    const told = vi.spyOn(notifications, "show").mockReturnValue("");
    await write(input, "ok");
    act(() => void run("dismissRemark"));
    await settle(300);
    fireEvent.click(screen.getByTestId("reason-wrong"));
    await settle(10);
    const { message } = told.mock.calls[0]![0];
    cleanup();
    show(testDesk(), message);
    // And there is a way to all that are quiet.
    fireEvent.click(screen.getByTestId("quieted-where"));
    expect(location.pathname).toBe("/settings/coach");
    fireEvent.click(screen.getByTestId("undo"));
    expect(calls.at(-1)).toMatchObject({ method: "DELETE", path: "/api/v1/shops/1/coach/quiet/curt" });
    told.mockRestore();
  });
});
