// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { RunState } from "@/protocol";
import { run } from "@/protocol/frames.fixture";
import { knowWaiting, notices, switchNotices, tellOfWaiting, watchNotices } from "./notices";

/** A browser's notifications and locks, as far as they matter here. */
class FakeNotification {
  static permission: NotificationPermission = "default";
  static answer: NotificationPermission = "granted";
  static shown: { title: string; body: string; tag: string; notification: FakeNotification }[] = [];
  static async requestPermission(): Promise<NotificationPermission> {
    FakeNotification.permission = FakeNotification.answer;
    return FakeNotification.answer;
  }
  onclick: () => void = () => {};
  constructor(title: string, { body, tag }: { body: string; tag: string }) {
    FakeNotification.shown.push({ title, body, tag, notification: this });
  }
  close(): void {}
}

const held = new Set<() => Promise<void>>();
const locks = {
  request: (_name: string, _options: object, hold: () => Promise<void>) => {
    held.add(hold);
    return hold().finally(() => held.delete(hold));
  },
  query: async () => ({ held: [...held].map(() => ({ name: "sayso.looking" })) }),
};

const waiting = (id: string, review: number, data: Partial<RunState> = {}): RunState =>
  run({ id, question: `Question ${id}`, status: "waiting", open_reviews: [review], ...data }).data;
const tell = ({ id, question }: RunState) => ({ title: "Decide", body: question, address: `/run/?id=${id}`, tag: id });
const told = () => FakeNotification.shown.map((each) => each.body);
let looking: boolean;
let stop: () => void;

beforeEach(() => {
  FakeNotification.permission = "default";
  FakeNotification.answer = "granted";
  FakeNotification.shown = [];
  held.clear();
  looking = false;
  window.localStorage.clear();
  vi.stubGlobal("Notification", FakeNotification);
  vi.stubGlobal("navigator", { locks });
  vi.spyOn(document, "hasFocus").mockImplementation(() => looking);
  stop = watchNotices(tell);
});
afterEach(() => {
  stop();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test("nobody is told who has not asked for it, and the choice stays", async () => {
  expect(notices.getState().state).toBe("off");
  await tellOfWaiting([waiting("a", 3)]);
  expect(told()).toEqual([]);
  await switchNotices();
  expect(notices.getState().state).toBe("on");
  stop();
  stop = watchNotices(tell);
  expect(notices.getState().state).toBe("on");
  await switchNotices();
  expect(notices.getState().state).toBe("off");
});

test("each question is told once, and the next round of the same run again", async () => {
  await switchNotices();
  knowWaiting([waiting("old", 3)]);
  await tellOfWaiting([waiting("old", 3), waiting("new", 3), run({ id: "busy", status: "running" }).data]);
  await tellOfWaiting([waiting("new", 3)]);
  await tellOfWaiting([waiting("new", 9)]);
  expect(told()).toEqual(["Question new", "Question new"]);
});

test("nobody is told while somebody looks, on whichever page", async () => {
  await switchNotices();
  looking = true;
  window.dispatchEvent(new Event("focus"));
  await tellOfWaiting([waiting("seen", 3)]);
  looking = false;
  window.dispatchEvent(new Event("blur"));
  await new Promise((done) => setTimeout(done));
  await tellOfWaiting([waiting("unseen", 3)]);
  expect(told()).toEqual(["Question unseen"]);
});

test("a click leads to the run", async () => {
  await switchNotices();
  const assign = vi.fn();
  vi.stubGlobal("location", { assign });
  vi.spyOn(window, "focus").mockImplementation(() => {});
  await tellOfWaiting([waiting("clicked", 3)]);
  FakeNotification.shown[0]?.notification.onclick();
  expect(assign).toHaveBeenCalledWith("/run/?id=clicked");
});

test("a browser that refuses or cannot is not asked again", async () => {
  FakeNotification.answer = "denied";
  await switchNotices();
  expect(notices.getState().state).toBe("refused");
  await tellOfWaiting([waiting("refused", 3)]);
  vi.stubGlobal("navigator", {});
  stop();
  stop = watchNotices(tell);
  expect(notices.getState().state).toBe("unable");
  expect(told()).toEqual([]);
});
