import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { EditEntry } from "../features/timeline/EditEntry";
import { SceneContext, type Scene } from "../features/timeline/scene";
import { entry, show, testDesk } from "./samples";

afterEach(cleanup);

function open() {
  const endEditing = vi.fn();
  const scene = { endEditing } as unknown as Scene;
  const line = entry(3, { text: "before", author: { kind: "agent", id: 7 } });
  const { unmount } = show(
    testDesk(),
    <SceneContext value={scene}>
      <EditEntry entry={line} />
    </SceneContext>,
  );
  return { unmount, field: screen.getByTestId<HTMLTextAreaElement>("edit-text") };
}

describe("another wording that is being written", () => {
  it("is still there when its row has been scrolled away and back, and takes no focus then", async () => {
    const first = open();
    fireEvent.change(first.field, { target: { value: "after" } });
    first.unmount();
    const { field } = open();
    expect(field.value).toBe("after");
    await act(() => new Promise((done) => setTimeout(done, 100)));
    expect(document.activeElement).not.toBe(field);
    fireEvent.keyDown(field, { key: "Escape" });
  });

  it("is given up with Escape", () => {
    const first = open();
    fireEvent.change(first.field, { target: { value: "after" } });
    fireEvent.keyDown(first.field, { key: "Escape" });
    first.unmount();
    expect(open().field.value).toBe("before");
  });
});
