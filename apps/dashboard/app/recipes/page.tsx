import type { Metadata } from 'next';
import { RecipesPage } from '../../components/recipes/recipes-page.tsx';

export const metadata: Metadata = { title: 'Recipes · Boardwalk' };

export default function Page() {
  return <RecipesPage />;
}
