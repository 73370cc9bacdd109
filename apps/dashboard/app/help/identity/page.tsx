import type { Metadata } from 'next';
import { HowWeJudgePage } from '../../../components/help/how-we-judge-page.tsx';

export const metadata: Metadata = { title: 'How we judge · Boardwalk' };

export default function Page() {
  return <HowWeJudgePage />;
}
