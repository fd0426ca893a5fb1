// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";
import { ThemeChoice } from "./theme-choice";

afterEach(cleanup);

test("one of three, by its name, and still chosen when the page comes again", async () => {
  render(<ThemeChoice />);
  const choice = screen.getByRole<HTMLSelectElement>("combobox", { name: "Theme" });
  expect([...choice.options].map((option) => option.text)).toEqual(["As the system", "Light", "Dark"]);
  await userEvent.selectOptions(choice, "Dark");
  expect(document.documentElement.dataset.theme).toBe("dark");
  cleanup();
  render(<ThemeChoice />);
  expect(screen.getByRole<HTMLSelectElement>("combobox").value).toBe("dark");
});
