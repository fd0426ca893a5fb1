import { createContext, type ReactNode, useContext } from "react";
import type { Sentence } from "@/protocol";

type Tools = (unit: Sentence) => ReactNode;

const UnitTools = createContext<Tools | null>(null);

/** Puts something behind each unit of the report inside, where that is more than to be read. */
export function UnitToolsProvider({ tools, children }: { tools: Tools; children: ReactNode }) {
  return <UnitTools value={tools}>{children}</UnitTools>;
}

/** What stands behind this unit, if anything. */
export function useUnitTools(unit: Sentence): ReactNode {
  return useContext(UnitTools)?.(unit) ?? null;
}
