// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { Result } from "./result";

afterEach(cleanup);

test("a text is Markdown, and nothing in it is HTML", async () => {
  const text = "# Done\n\n**It** worked.\n\n<img src=x onerror=alert(1)>";
  const { container } = render(<Result markdown={text} result={text} />);
  expect((await screen.findByRole("heading", { level: 2 })).textContent).toBe("Done");
  expect(container.querySelector("strong")?.textContent).toBe("It");
  expect(container.querySelector("img")).toBeNull();
});

test("data is shown as data", () => {
  render(<Result markdown='{"a": [1]}' result={{ a: [1] }} />);
  expect(screen.getByRole("region", { name: "Result" }).textContent).toBe('{\n  "a": [\n    1\n  ]\n}');
});

test("words and data are both there", async () => {
  render(<Result markdown="Two of three." result={{ two: 3 }} />);
  await screen.findByText("Two of three.");
  screen.getByText("As data");
});

test("no result is said", () => {
  render(<Result markdown="null" result={null} />);
  screen.getByText(/without a result/);
});
