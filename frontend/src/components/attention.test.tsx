// @vitest-environment jsdom
import { act, cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { run } from "@/protocol/frames.fixture";
import { inbox } from "@/state/inbox";
import { tellOfWaiting } from "@/state/notices";
import { Attention } from "./attention";

const shown: { title: string; body: string }[] = [];

class FakeNotification {
  static permission: NotificationPermission = "default";
  static async requestPermission(): Promise<NotificationPermission> {
    FakeNotification.permission = "granted";
    return "granted";
  }
  constructor(title: string, { body }: { body: string }) {
    shown.push({ title, body });
  }
}

beforeEach(() => {
  shown.length = 0;
  window.localStorage.clear();
  vi.stubGlobal("fetch", () => new Promise(() => {}));
  vi.stubGlobal(
    "EventSource",
    class {
      close(): void {}
      addEventListener(): void {}
    },
  );
  FakeNotification.permission = "default";
  vi.stubGlobal("Notification", FakeNotification);
  vi.spyOn(document, "hasFocus").mockReturnValue(false);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test("a bell that is off until somebody wants it, and says what there is to decide", async () => {
  vi.stubGlobal("navigator", { locks: { request: () => Promise.resolve(), query: async () => ({ held: [] }) } });
  render(<Attention />);
  const bell = screen.getByRole("button", { name: "Tell me when a decision is needed" });
  expect(bell.getAttribute("aria-pressed")).toBe("false");
  await userEvent.click(bell);
  expect(bell.getAttribute("aria-pressed")).toBe("true");
  const brief = { ...run().data.brief, findings: 7 };
  await tellOfWaiting([
    run({ id: "w", status: "waiting", open_reviews: [3], question: "Why?", by: "Ada", brief }).data,
  ]);
  expect(shown).toEqual([{ title: "A decision is needed", body: "Why?\nasked by Ada · 7 findings" }]);
});

test("there is no bell where a browser cannot notify; the tab shows the number all the same", () => {
  render(<Attention />);
  expect(screen.queryByRole("button")).toBeNull();
  act(() => inbox.setState({ waiting: new Set(["a", "b"]) }));
  const icon = () => document.head.querySelector<HTMLLinkElement>("link[data-count]")?.dataset.count;
  expect(icon()).toBe("2");
  act(() => inbox.setState({ waiting: new Set(), more: false }));
  expect(icon()).toBeUndefined();
});
