import { Suspense } from "react";
import { Header } from "@/components/header";
import { PageTitle } from "@/components/page-title";
import { inboxText } from "@/strings";
import { RunScreen } from "./run-screen";

function Opening() {
  return (
    <>
      <PageTitle text={inboxText.title} />
      <Header />
    </>
  );
}

export default function Page() {
  return (
    <Suspense fallback={<Opening />}>
      <RunScreen />
    </Suspense>
  );
}
