import { BenchPage } from '../components/bench-page.tsx';

export default function Page() {
  return <BenchPage />;
}
