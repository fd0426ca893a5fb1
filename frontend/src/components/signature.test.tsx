// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { name, setName } from "@/state/name";
import { useSignature } from "./signature";

beforeEach(() => {
  setName("");
  name.setState({ unsigned: false });
  // Not known to jsdom; what a browser does with a modal dialog is looked at in e2e/.
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
});
afterEach(cleanup);

function show() {
  const signed = vi.fn((_: string) => {});
  function Decision() {
    const { sign, dialog } = useSignature();
    return (
      <>
        <button type="button" onClick={() => sign(signed)}>
          Decide
        </button>
        {dialog}
      </>
    );
  }
  render(<Decision />);
  return signed;
}

const decide = () => userEvent.click(screen.getByRole("button", { name: "Decide" }));
const field = () => screen.getByRole("textbox", { name: "Your name" });

test("a name that is known signs at once", async () => {
  setName("Ada");
  const signed = show();
  await decide();
  expect(signed).toHaveBeenCalledExactlyOnceWith("Ada");
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("where none is known it is asked for once, before anything is sent", async () => {
  const signed = show();
  await decide();
  screen.getByRole("dialog", { name: "In whose name?" });
  await userEvent.type(field(), "{Enter}");
  screen.getByText(/Write your name/);
  expect(signed).not.toHaveBeenCalled();
  await userEvent.type(field(), " Grace {Enter}");
  expect(signed).toHaveBeenCalledExactlyOnceWith("Grace");
  await decide();
  expect(signed).toHaveBeenCalledTimes(2);
  expect(window.localStorage.getItem("sayso.name")).toBe("Grace");
});

test("whoever goes on without a name is not asked again", async () => {
  const signed = show();
  await decide();
  await userEvent.click(screen.getByRole("button", { name: "Without a name" }));
  await decide();
  expect(signed.mock.calls).toEqual([[""], [""]]);
  expect(window.localStorage.getItem("sayso.name")).toBeNull();
});

test("who goes back has sent nothing", async () => {
  const signed = show();
  await decide();
  await userEvent.click(screen.getByRole("button", { name: "Back" }));
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(signed).not.toHaveBeenCalled();
});
