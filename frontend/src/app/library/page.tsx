import { LibraryScreen } from "./library-screen";

export default function Page() {
  return <LibraryScreen />;
}
