import { Header } from "@/components/header";
import { PageTitle } from "@/components/page-title";
import { peopleText } from "@/strings";
import { SignInScreen } from "./sign-in-screen";

export default function Page() {
  return (
    <>
      <PageTitle text={peopleText.title} />
      <Header named={false} />
      <SignInScreen />
    </>
  );
}
