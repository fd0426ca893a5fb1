import { Suspense } from "react";
import { Header } from "@/components/header";
import { RunScreen } from "./run-screen";

export default function Page() {
  return (
    <Suspense fallback={<Header />}>
      <RunScreen />
    </Suspense>
  );
}
