import { BenchPage } from '../components/bench/bench-page.tsx';

export default function Page() {
  return <BenchPage />;
}
