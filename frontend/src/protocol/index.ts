import type { Answer, Cancel, Received, ServerSide, Start, Watch } from "./types";

export { assertNever } from "./never";
export type * from "./types";

export type ServerFrame = ServerSide["frame"];
export type FrameOf<T extends ServerFrame["type"]> = Extract<ServerFrame, { type: T }>;
/** What a person decided, on its way to the server: one of the words of `Decision`, or what a hosted workflow asks for. */
export type SentDecision = Answer;
/** What a person decided, as the log has it. */
export type RecordedDecision = Received;
export type ClientCommand = Start | Watch | SentDecision | Cancel;
